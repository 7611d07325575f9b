import { Injectable } from '@nestjs/common';
import { InjectQueue } from '@nestjs/bull';
import type { Queue } from 'bull';
import { newId } from '../../platform/database/ids.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { WakeUp } from '../../platform/queue/queues.js';
import { wake } from '../../platform/queue/wake.js';
import { AuditLog } from '../audit/index.js';
import type { IssueAccess } from '../issues/index.js';
import { SessionAccessService } from '../sessions/index.js';
import type { StartSolveDto } from './dto/start-solve.dto.js';
import type { Solve } from './entities/solve.entity.js';
import { ModelsService } from './models.service.js';
import { SolvesRepository } from './repositories/solves.repository.js';
import { SolveBounds } from './solve-bounds.js';
import { issueNotReady, solveNotFound, tooManyOpenSolves } from './solver.errors.js';

/** Starting solves: a row, its first event and its audit entry in one transaction; then a worker is woken. */
@Injectable()
export class SolvesService {
  constructor(
    private readonly bounds: SolveBounds,
    private readonly transactions: Transactions,
    private readonly solves: SolvesRepository,
    private readonly sessions: SessionAccessService,
    private readonly models: ModelsService,
    private readonly audit: AuditLog,
    @InjectQueue('solve') private readonly queue: Queue<WakeUp>,
  ) {}

  /**
   * @throws DomainError `solver.too-many-open`, `solver.unknown-model`, `solver.issue-not-ready`, in this order.
   */
  async start({ issue, session }: IssueAccess, wish: StartSolveDto): Promise<Solve> {
    const most = await this.bounds.openOf(session.userId);
    // The contract's order of refusals: 429, 422, 409. What counts is counted again below, where no other start comes between.
    if ((await this.solves.openOf(session.userId)) >= most) throw tooManyOpenSolves(most);
    const model = await this.models.choose(wish.model);
    if (issue.status !== 'draft' && issue.status !== 'published') throw issueNotReady();
    const id = newId();
    await this.transactions.run(async (tx) => {
      if ((await this.solves.countOpen(tx, session.userId)) >= most) throw tooManyOpenSolves(most);
      await this.solves.insert(tx, {
        id,
        issueId: issue.id,
        sessionId: session.id,
        requestedBy: session.userId,
        model,
        instructions: wish.instructions ?? null,
        ...this.bounds.ofSolve(wish.limits),
      });
      await this.sessions.use(tx, session.id);
      await this.audit.record(tx, {
        action: 'solve.start',
        target: { type: 'solve', id, name: issue.title },
        result: 'ok',
        repository: `${session.owner}/${session.repo}`,
        details: { issueId: issue.id, sessionId: session.id, model },
      });
    });
    await wake(this.queue, id);
    const solve = await this.solves.byId(id);
    // The session may have been deleted in the meantime, and the solve with it.
    if (!solve) throw solveNotFound();
    return solve;
  }
}

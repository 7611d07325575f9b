import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { Transactions } from '../../platform/database/transactions.js';
import type { WakeUp } from '../../platform/queue/queues.js';
import { wake } from '../../platform/queue/wake.js';
import { AuditLog } from '../audit/index.js';
import { IndexService } from '../embeddings/index.js';
import { type SessionAccess, SessionAccessService } from '../sessions/index.js';
import type { Evaluation } from './entities/evaluation.entity.js';
import { EvaluationNotifier } from './evaluation.notifier.js';
import { evaluationNotFound, notIndexed, underWay } from './evaluations.errors.js';
import { EvaluationsRepository } from './repositories/evaluations.repository.js';

/** Has a branch measured by its own merged fixes. */
@Injectable()
export class EvaluationsService {
  constructor(
    private readonly evaluations: EvaluationsRepository,
    private readonly index: IndexService,
    private readonly access: SessionAccessService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: EvaluationNotifier,
    @InjectQueue('evaluation') private readonly queue: Queue<WakeUp>,
  ) {}

  /**
   * @returns the evaluation that has begun, or the session's own that is under way.
   * @throws DomainError `sessions.archived`; `evaluations.not-indexed`; `evaluations.under-way` for one in another session
   */
  async start({ id: sessionId, userId, repositoryId, owner, repo, branch }: SessionAccess): Promise<Evaluation> {
    const serving = await this.index.serving({ repositoryId, branch });
    const id = await this.transactions.run(async (tx) => {
      await this.access.use(tx, sessionId);
      if (!serving) throw notIndexed();
      const wish = { sessionId, repositoryId, branch, commitSha: serving.commit, requestedBy: userId };
      const made = await this.evaluations.begin(tx, wish);
      if (made === null) {
        const own = await this.evaluations.underWayIn(tx, sessionId);
        if (own === null) throw underWay();
        return own;
      }
      await this.audit.record(tx, {
        action: 'evaluation.request',
        target: { type: 'evaluation', id: made, name: branch },
        result: 'ok',
        repository: `${owner}/${repo}`,
        details: { sessionId, branch, commit: serving.commit },
      });
      return made;
    });
    await wake(this.queue, id);
    const evaluation = await this.evaluations.byId(id);
    if (!evaluation) throw evaluationNotFound();
    await this.notifier.changed(evaluation);
    return evaluation;
  }
}

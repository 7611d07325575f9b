import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectQueue } from '@nestjs/bull';
import type { Queue } from 'bull';
import { Transactions } from '../../../platform/database/transactions.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { wake } from '../../../platform/queue/wake.js';
import { PullRequestsService } from '../../github/index.js';
import { IssuesService } from '../../issues/index.js';
import { SessionAccessService } from '../../sessions/index.js';
import type { OpenPullRequestDto, PullRequestDto } from '../dto/results.dto.js';
import { SolvesRepository } from '../repositories/solves.repository.js';
import type { SolveAccess } from '../solve.guard.js';
import { noDiff, notReviewable, pullRequestFailed, pullRequestPending, solveNotFound } from '../solver.errors.js';
import { branchName, pullRequestText } from './pull-request-text.js';

const REVIEWABLE = ['completed', 'unverified'];
const LONGEST_WAIT_MS = 10_000;
const LOOK_MS = 200;

/** Asks for the pull request of a solve; a worker pushes the branch and opens it. */
@Injectable()
export class SolvePullRequests {
  constructor(
    private readonly solves: SolvesRepository,
    private readonly issues: IssuesService,
    private readonly pulls: PullRequestsService,
    private readonly sessions: SessionAccessService,
    private readonly transactions: Transactions,
    @InjectQueue('pull-request') private readonly queue: Queue<WakeUp>,
  ) {}

  /**
   * Waits until GitHub has it, not after `ending`; asked again, gives the same one.
   * @throws DomainError `solver.not-reviewable`, `solver.no-diff`; the code of GitHub's refusal; `solver.pull-request-pending`.
   */
  async open({ solve, session }: SolveAccess, wish: OpenPullRequestDto, ending: AbortSignal): Promise<PullRequestDto> {
    if (!REVIEWABLE.includes(solve.status)) throw notReviewable(solve.status);
    const [candidate] = await this.solves.candidates([solve.id]);
    if (!candidate?.patch) throw noDiff();
    const issue = await this.issues.byId(solve.issueId);
    if (!issue) throw solveNotFound();
    const text = pullRequestText(solve, candidate, issue, wish);
    const intent = await this.transactions.run(async (tx) => {
      await this.sessions.use(tx, session.id);
      return this.pulls.claim(tx, {
        repositoryId: session.repositoryId,
        repository: `${session.owner}/${session.repo}`,
        solveId: solve.id,
        requestedBy: session.userId,
        head: branchName(solve, issue.title),
        base: session.branch,
        ...text,
        draft: wish.draft ?? false,
      });
    });
    await wake(this.queue, intent.id);
    return this.outcome(intent.id, ending);
  }

  private async outcome(id: string, ending: AbortSignal): Promise<PullRequestDto> {
    const until = Date.now() + LONGEST_WAIT_MS;
    for (;;) {
      const pull = await this.pulls.byId(id);
      if (!pull) throw solveNotFound();
      if (pull.number !== null && pull.url !== null) return { number: pull.number, url: pull.url };
      if (pull.status === 'failed') throw pullRequestFailed(pull.reason ?? 'github.failed');
      if (pull.reason !== null || Date.now() > until || ending.aborted) throw pullRequestPending(pull.reason);
      await delay(LOOK_MS);
    }
  }
}

import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { type Lease, LeaseLostError } from '../../../platform/database/lease.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { AuditLog } from '../../audit/index.js';
import type { PullRequest } from '../entities/pull-request.entity.js';
import { GitMirror } from '../git/git-mirror.js';
import { GithubPulls, type RemotePull } from '../github-pulls.js';
import type { RepositoryName } from '../github-issues.js';
import { RepositoriesService } from '../repositories.service.js';
import { PullRequestsRepository } from '../repositories/pull-requests.repository.js';

/** Failures that another try cannot mend. */
const FINAL_KINDS = new Set(['invalid', 'forbidden', 'not-found', 'conflict', 'unauthenticated']);
const MOST_ATTEMPTS = 12;
const LONGEST_PAUSE_SECONDS = 300;

/**
 * Opens the pull request of an intent exactly once: GitHub is asked for one from the intent's branch, and only when there is
 * none is the branch pushed (the same commit again changes nothing) and one opened, without trying again.
 */
@Injectable()
export class PullRequestOpener {
  private readonly logger = new Logger(PullRequestOpener.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly repositories: RepositoriesService,
    private readonly mirrors: GitMirror,
    private readonly github: GithubPulls,
    private readonly pulls: PullRequestsRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** Under the intent's lease; `commit` makes what is to be pushed. Failures are stored, as final or to be tried again later. */
  async open(lease: Lease, intent: PullRequest, commit: () => Promise<string>, signal: AbortSignal): Promise<void> {
    const standing = { isSent: intent.status === 'sent' };
    try {
      if (intent.status === 'sent' && intent.reason === null) throw unsettled();
      const userId = intent.requestedBy;
      if (userId === null)
        throw new DomainError('conflict', 'github.requester-gone', 'The account that asked for it is gone.');
      const { owner, name } = await this.repositories.accessById(userId, intent.repositoryId);
      const at = { owner, repo: name };
      const opened =
        (await this.github.findByHead(userId, at, intent.head)) ??
        (await this.make(lease, intent, { userId, at, commit, standing, signal }));
      await this.record(lease, intent, `${owner}/${name}`, opened);
    } catch (error) {
      if (error instanceof LeaseLostError || signal.aborted) return;
      await this.fail(lease, intent, error, standing);
    }
  }

  private async make(lease: Lease, intent: PullRequest, making: Making): Promise<RemotePull> {
    const { userId, at, commit, standing, signal } = making;
    const { repositoryId, head, base, title, body, draft } = intent;
    await this.mirrors.push({ userId, repositoryId, commit: await commit(), branch: head, signal });
    return this.github.create(userId, at, { head, base, title, body, draft }, async () => {
      // From here on GitHub may have it. Without a reason, nobody knows how the call has ended.
      const held = await this.transactions.run((tx) => this.pulls.advance(tx, lease, { status: 'sent', reason: null }));
      if (!held) throw new LeaseLostError(lease);
      standing.isSent = true;
      signal.throwIfAborted();
    });
  }

  private async record(
    lease: Lease,
    intent: PullRequest,
    repository: string,
    { number, url, state }: RemotePull,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.pulls.advance(tx, lease, { status: state, number, url, reason: null })))
        throw new LeaseLostError(lease);
      await this.audit.record(tx, {
        action: 'pull-request.open',
        target: { type: 'pull-request', id: intent.id, name: `#${number}` },
        result: 'ok',
        repository,
        details: { number, url, head: intent.head, base: intent.base, solveId: intent.solveId },
      });
    });
  }

  /** Nobody looks before GitHub has taken in, or lost for good, what was sent to it. */
  private async fail(lease: Lease, intent: PullRequest, error: unknown, { isSent }: Standing): Promise<void> {
    const code = error instanceof DomainError ? error.code : 'internal';
    if (!(error instanceof DomainError)) {
      this.logger.error({ message: 'pull request not opened', pullRequestId: intent.id, error });
    }
    const final = (error instanceof DomainError && FINAL_KINDS.has(error.kind)) || intent.attempts >= MOST_ATTEMPTS;
    const wish = error instanceof DomainError ? error.retryAfterSeconds : undefined;
    const seconds = Math.max(
      wish ?? Math.min(LONGEST_PAUSE_SECONDS, 2 ** intent.attempts),
      isSent ? this.config.GITHUB_SETTLE_SECONDS : 0,
    );
    const change = final
      ? { status: 'failed' as const, reason: code }
      : { reason: code, runAfter: new Date(Date.now() + seconds * 1_000) };
    await this.transactions.run(async (tx) => {
      if (!(await this.pulls.advance(tx, lease, change)) || !final) return;
      await this.audit.record(tx, {
        action: 'pull-request.open',
        target: { type: 'pull-request', id: intent.id, name: intent.title },
        result: 'error',
        reason: code,
        details: { head: intent.head, base: intent.base, solveId: intent.solveId, attempts: intent.attempts },
      });
    });
  }
}

/** Whether GitHub may have it already. */
interface Standing {
  isSent: boolean;
}

interface Making {
  readonly userId: string;
  readonly at: RepositoryName;
  readonly commit: () => Promise<string>;
  readonly standing: Standing;
  readonly signal: AbortSignal;
}

/** Its worker died over it: GitHub may still be taking in what was sent. */
const unsettled = (): DomainError =>
  new DomainError('unavailable', 'github.unsettled', 'GitHub did not say whether it took the pull request.', {
    retryAfterSeconds: 0,
  });

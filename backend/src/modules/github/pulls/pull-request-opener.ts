import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
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
const MOST_ATTEMPTS = 6;

/**
 * Opens the pull request of an intent exactly once: the branch is pushed (the same commit again changes nothing), GitHub is
 * asked for a pull request of that branch, and only when there is none is one opened, without trying again.
 */
@Injectable()
export class PullRequestOpener {
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
    try {
      const userId = intent.requestedBy;
      if (userId === null)
        throw new DomainError('conflict', 'github.requester-gone', 'The account that asked for it is gone.');
      const { owner, name } = await this.repositories.accessById(userId, intent.repositoryId);
      await this.mirrors.push({
        userId,
        repositoryId: intent.repositoryId,
        commit: await commit(),
        branch: intent.head,
        signal,
      });
      const opened = await this.findOrCreate(lease, intent, userId, { owner, repo: name }, signal);
      await this.record(lease, intent, `${owner}/${name}`, opened);
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      await this.fail(lease, intent, error);
    }
  }

  private async findOrCreate(
    lease: Lease,
    intent: PullRequest,
    userId: string,
    at: RepositoryName,
    signal: AbortSignal,
  ): Promise<RemotePull> {
    // A write whose answer was lost may still arrive for a while; nobody looks before that has settled.
    if (intent.status === 'sent') await delay(this.config.GITHUB_SETTLE_SECONDS * 1_000, undefined, { signal });
    const found = await this.github.findByHead(userId, at, intent.head);
    if (found) return found;
    const { head, base, title, body, draft } = intent;
    return this.github.create(userId, at, { head, base, title, body, draft }, async () => {
      if (!(await this.transactions.run((tx) => this.pulls.advance(tx, lease, { status: 'sent' }))))
        throw new LeaseLostError(lease);
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

  private async fail(lease: Lease, intent: PullRequest, error: unknown): Promise<void> {
    const code = error instanceof DomainError ? error.code : 'internal';
    const final = (error instanceof DomainError && FINAL_KINDS.has(error.kind)) || intent.attempts >= MOST_ATTEMPTS;
    const waitSeconds =
      error instanceof DomainError ? (error.retryAfterSeconds ?? 2 ** intent.attempts) : 2 ** intent.attempts;
    const change = final
      ? { status: 'failed' as const, reason: code }
      : { reason: code, runAfter: new Date(Date.now() + waitSeconds * 1_000) };
    await this.transactions.run(async (tx) => {
      if (!(await this.pulls.advance(tx, lease, change)) || !final) return;
      await this.audit.record(tx, {
        action: 'pull-request.open',
        target: { type: 'pull-request', id: intent.id, name: intent.title },
        result: 'error',
        reason: code,
        details: { head: intent.head, base: intent.base, solveId: intent.solveId },
      });
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Leases } from '../../../platform/database/lease.js';
import { UsersService } from '../../auth/index.js';
import { GitMirror, type PullRequest, PullRequestOpener, PullRequestsService } from '../../github/index.js';
import type { Solve } from '../entities/solve.entity.js';
import { SolvesRepository } from '../repositories/solves.repository.js';
import { SolveNotifier } from '../solve.notifier.js';
import { baseGone } from '../solver.errors.js';
import { commitPatch } from './solve-commit.js';

const LEASE_SECONDS = 30;

/** Turns the stored diff of a solve into a commit and has the pull request opened. */
@Injectable()
export class PullRequestWorker {
  constructor(
    private readonly leases: Leases,
    private readonly pulls: PullRequestsService,
    private readonly opener: PullRequestOpener,
    private readonly solves: SolvesRepository,
    private readonly mirrors: GitMirror,
    private readonly users: UsersService,
    private readonly notifier: SolveNotifier,
  ) {}

  async take(id: string): Promise<void> {
    await this.leases.hold('pull_requests', id, { seconds: LEASE_SECONDS }, async (lease, signal) => {
      const intent = await this.pulls.byId(id);
      if (intent?.status !== 'claimed' && intent?.status !== 'sent') return;
      // Only what was put off has a reason; its time was set by a worker's clock, not by the database's.
      if (intent.reason !== null && intent.runAfter > new Date()) return;
      await this.opener.open(lease, intent, () => this.commit(intent, signal), signal);
      const solve = intent.solveId === null ? null : await this.solves.byId(intent.solveId);
      if (solve) await this.notifier.stateChanged(solve);
    });
  }

  private async commit(intent: PullRequest, signal: AbortSignal): Promise<string> {
    const solve = intent.solveId === null ? null : await this.solves.byId(intent.solveId);
    const [candidate] = solve ? await this.solves.candidates([solve.id]) : [];
    if (!solve?.baseCommit || !candidate?.patch) throw baseGone();
    await this.fetchBase(intent, solve.baseCommit, signal);
    return commitPatch({
      repository: this.mirrors.path(intent.repositoryId),
      base: solve.baseCommit,
      patch: candidate.patch,
      message: `${intent.title}\n\n${candidate.summary ?? ''}`.trim(),
      author: await this.author(intent),
      at: madeAt(solve),
    });
  }

  private async fetchBase(
    { repositoryId, requestedBy, base }: PullRequest,
    commit: string,
    signal: AbortSignal,
  ): Promise<void> {
    if (await this.mirrors.has(repositoryId, commit)) return;
    if (requestedBy !== null) await this.mirrors.fetch({ userId: requestedBy, repositoryId, branch: base, signal });
    if (!(await this.mirrors.has(repositoryId, commit))) throw baseGone();
  }

  /** GitHub, "Setting your commit email address": the address that belongs to an account whatever its settings. */
  private async author({ requestedBy }: PullRequest): Promise<{ name: string; email: string }> {
    const user = requestedBy === null ? null : await this.users.byId(requestedBy);
    if (!user) throw baseGone();
    return { name: user.name ?? user.login, email: `${user.githubId}+${user.login}@users.noreply.github.com` };
  }
}

const madeAt = ({ finishedAt, createdAt }: Solve): Date => finishedAt ?? createdAt;

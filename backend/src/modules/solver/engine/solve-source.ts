import { Injectable } from '@nestjs/common';
import { GitMirror } from '../../github/index.js';
import { IssuesService } from '../../issues/index.js';
import { SessionAccessService } from '../../sessions/index.js';
import type { Solve } from '../entities/solve.entity.js';
import { baseGone, sourceGone } from '../solver.errors.js';
import type { Task } from './prompts.js';

export interface SourceTree {
  /** The bare repository on this machine that holds the commit. */
  readonly mirror: string;
  readonly commit: string;
  readonly task: Task;
  /** Who asked for it, and pays. */
  readonly userId: string;
}

/** Brings what a solve works on to this machine, with the right of the person who asked for it. */
@Injectable()
export class SolveSource {
  constructor(
    private readonly sessions: SessionAccessService,
    private readonly mirrors: GitMirror,
    private readonly issues: IssuesService,
  ) {}

  /** @throws DomainError `solver.source-gone`, `solver.base-gone`; those of sessions, GitHub and git. */
  async open(solve: Solve, signal: AbortSignal): Promise<SourceTree> {
    const issue = await this.issues.byId(solve.issueId);
    if (!issue || solve.requestedBy === null) throw sourceGone();
    const userId = solve.requestedBy;
    const { repositoryId, owner, repo, branch } = await this.sessions.of(userId, solve.sessionId);
    const { path: mirror, commit: head } = await this.mirrors.fetch({ userId, repositoryId, branch, signal });
    const commit = solve.baseCommit ?? head;
    if (!(await this.mirrors.has(repositoryId, commit))) throw baseGone();
    const task = {
      repository: `${owner}/${repo}`,
      branch,
      commit,
      title: issue.title,
      body: issue.body,
      acceptance: issue.acceptance,
      ...(solve.instructions ? { instructions: solve.instructions } : {}),
    };
    return { mirror, commit, task, userId };
  }
}

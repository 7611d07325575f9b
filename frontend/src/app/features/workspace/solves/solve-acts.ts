import { Service, inject } from '@angular/core';
import { Store } from '@ngrx/store';
import type { Issue, Session, Solve } from '@yudai/sdk';
import { solvesPageActions } from '../../../state/solves/solves-page.actions';
import { Confirm } from '../../../ui/confirm/confirm';
import { PullRequestOpening } from './pull-request/opening';
import { pullRequestWords } from './pull-request/pull-request-text';
import { cancelQuestion } from './solve-page/cancel-question';

/** What a person does with a solve as a whole: each is asked about first, with what it does. */
@Service()
export class SolveActs {
  private readonly store = inject(Store);
  private readonly confirm = inject(Confirm);
  private readonly opening = inject(PullRequestOpening);

  async cancel(solve: Solve): Promise<void> {
    if (await this.confirm.ask(cancelQuestion(solve)))
      this.store.dispatch(solvesPageActions.cancelConfirmed({ solveId: solve.id }));
  }

  async openPullRequest(
    solve: Solve,
    session: Session | undefined,
    issue: Issue | undefined,
    login: string,
  ): Promise<void> {
    if (!session) return;
    const wish = await this.opening.ask({
      repository: `${session.owner}/${session.repo}`,
      branch: session.branch,
      login,
      words: pullRequestWords(solve, issue),
      diff: solve.diffStat,
      unverified: solve.status === 'unverified',
    });
    if (wish) this.store.dispatch(solvesPageActions.pullRequestConfirmed({ solveId: solve.id, wish }));
  }
}

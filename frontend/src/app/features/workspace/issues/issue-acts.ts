import { Service, inject } from '@angular/core';
import { Store } from '@ngrx/store';
import type { Issue, Session } from '@yudai/sdk';
import { issuesPageActions } from '../../../state/issues/issues-page.actions';
import { Confirm } from '../../../ui/confirm/confirm';
import { StartSolve } from '../solves/start-solve/start-solve';
import { deleteIssueQuestion } from './delete-question';
import { Publishing } from './publishing/publishing';
import { Redrafting } from './redraft/redrafting';

/** What a person does with an issue as a whole: each is asked about first, with what it does. */
@Service()
export class IssueActs {
  private readonly store = inject(Store);
  private readonly confirm = inject(Confirm);
  private readonly publishing = inject(Publishing);
  private readonly redrafting = inject(Redrafting);
  private readonly startSolve = inject(StartSolve);

  async publish({ id: issueId }: Issue, repository: string, login: string): Promise<void> {
    if (await this.publishing.ask({ issueId, repository, login }))
      this.store.dispatch(issuesPageActions.publishConfirmed({ issueId }));
  }

  async redraft({ id: issueId }: Issue): Promise<void> {
    const instructions = await this.redrafting.ask();
    if (instructions) this.store.dispatch(issuesPageActions.redraftAsked({ issueId, instructions }));
  }

  async remove(issue: Issue): Promise<void> {
    if (await this.confirm.ask(deleteIssueQuestion(issue)))
      this.store.dispatch(issuesPageActions.deleteConfirmed({ issue }));
  }

  restore(issueId: string, revision: number): void {
    this.store.dispatch(issuesPageActions.restoreAsked({ issueId, revision }));
  }

  solve({ id: issueId, title }: Issue, { owner, repo, branch }: Session): void {
    void this.startSolve.ask({ issueId, title, repository: `${owner}/${repo}`, branch });
  }
}

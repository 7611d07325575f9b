import { Component, effect, inject, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Store } from '@ngrx/store';
import { issuesPageActions } from '../../../../state/issues/issues-page.actions';
import { issuesFeature } from '../../../../state/issues/issues.feature';
import { sessionsFeature } from '../../../../state/sessions/sessions.feature';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { Icon } from '../../../../ui/icon/icon';
import { ListKeys } from '../../../../ui/list-keys/list-keys';
import { ReachEnd } from '../../../../ui/reach-end/reach-end';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { IssueRow } from '../issue-row/issue-row';
import { NewIssue } from '../new-issue/new-issue';

/** The session's issues: drafts and published ones, and the ways to another. */
@Component({
  selector: 'app-issues-tab',
  imports: [MatButton, EmptyState, ErrorState, Icon, IssueRow, ListKeys, ReachEnd, Skeleton],
  template: `
    @if (mayEdit()) {
      <div class="actions">
        <button matButton="filled" type="button" (click)="draft()"><app-icon name="spark" /> Draft an issue</button>
        <button matButton="outlined" type="button" (click)="adopt()"><app-icon name="link" /> From GitHub</button>
      </div>
    }
    <div class="scroll">
      @if (view().problem; as problem) {
        <app-error-state class="pad" [problem]="problem" (retry)="load()" />
      }
      @if (view().issues.length) {
        <ul appListKeys aria-label="Issues">
          @for (issue of view().issues; track issue.id) {
            <li><app-issue-row [issue]="issue" /></li>
          }
        </ul>
        @if (view().hasMore) {
          <div appReachEnd (appReachEnd)="more()"><app-skeleton [rows]="2" [rowHeight]="56" /></div>
        }
      } @else if (view().loading) {
        <app-skeleton [rows]="4" [rowHeight]="56" [leading]="true" />
      } @else if (!view().problem) {
        <app-empty-state icon="issue" title="No issues yet">
          Talk about what is wrong or missing, then have it drafted as an issue with the code it is about. Nothing is
          sent to GitHub before you publish it.
        </app-empty-state>
      }
    </div>
  `,
  styleUrl: '../../panel/list-tab.css',
})
export class IssuesTab {
  readonly sessionId = input.required<string>();

  private readonly store = inject(Store);
  private readonly newIssue = inject(NewIssue);
  protected readonly view = this.store.selectSignal(issuesFeature.selectListView);
  protected readonly mayEdit = this.store.selectSignal(sessionsFeature.selectMayEdit);

  constructor() {
    effect(() => {
      this.sessionId();
      untracked(() => this.load());
    });
  }

  protected load(): void {
    this.store.dispatch(issuesPageActions.listAsked({ sessionId: this.sessionId() }));
  }

  protected more(): void {
    if (this.view().hasMore && !this.view().loadingMore)
      this.store.dispatch(issuesPageActions.moreAsked({ sessionId: this.sessionId() }));
  }

  protected draft(): void {
    void this.newIssue.draft(this.sessionId());
  }

  protected adopt(): void {
    void this.newIssue.adopt(this.sessionId());
  }
}

import { Component, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { Actions, ofType } from '@ngrx/effects';
import { Store } from '@ngrx/store';
import { signalStore } from '@ngrx/signals';
import { type GithubIssue, listRepositoryIssues } from '@yudai/sdk';
import { withPages } from '../../../../core/paged/with-pages';
import { issuesApiActions } from '../../../../state/issues/issues-api.actions';
import { issuesPageActions } from '../../../../state/issues/issues-page.actions';
import { issuesFeature } from '../../../../state/issues/issues.feature';
import { sessionsFeature } from '../../../../state/sessions/sessions.feature';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { Picker, type PickerOption } from '../../../../ui/picker/picker';

/** Open issues of a repository on GitHub. */
export const GithubIssuesStore = signalStore(
  withPages<GithubIssue, { owner: string; repo: string }>((path, cursor, on) =>
    listRepositoryIssues({ path, query: { state: 'open', ...(cursor ? { cursor } : {}) }, ...on }),
  ),
);

/** Picks an issue that is on GitHub already, by its words or its number, so that it can be solved here. */
@Component({
  selector: 'app-adopt-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, ErrorState, Picker],
  providers: [GithubIssuesStore],
  template: `
    <h2 mat-dialog-title>Take an issue from GitHub</h2>
    <mat-dialog-content>
      @if (issues.problem() ?? creating().problem; as problem) {
        <app-error-state [problem]="problem" (retry)="issues.reload()" />
      }
      <app-picker
        label="Issue on GitHub"
        placeholder="Words of the title, or a number"
        nothing="No open issue matches. A number finds closed ones, too."
        [options]="options()"
        [loading]="issues.status() === 'loading' || creating().busy"
        [hasMore]="issues.hasMore()"
        (searched)="query.set($event.trim())"
        (more)="issues.more()"
        (pick)="adopt($event)"
      >
        <ng-template let-number
          ><span class="mono faint">#{{ number }}</span> {{ titles().get(number) ?? 'Take this number' }}</ng-template
        >
      </app-picker>
    </mat-dialog-content>
    <mat-dialog-actions align="end"
      ><button matButton type="button" mat-dialog-close>Cancel</button></mat-dialog-actions
    >
  `,
  styles: `
    mat-dialog-content {
      display: flex;
      flex-direction: column;
      gap: var(--s3);
    }
    app-picker {
      height: 320px;
      color: var(--text);
    }
  `,
})
export class AdoptDialog {
  private readonly sessionId = inject<string>(MAT_DIALOG_DATA);
  private readonly store = inject(Store);
  protected readonly issues = inject(GithubIssuesStore);
  protected readonly creating = this.store.selectSignal(issuesFeature.selectCreateView);
  protected readonly query = signal('');
  protected readonly titles = computed(() => new Map(this.issues.items().map(({ number, title }) => [number, title])));
  protected readonly options = computed<readonly PickerOption<number>[]>(() => {
    const query = this.query().replace(/^#/, '').toLowerCase();
    const found = this.issues
      .items()
      .filter(({ number, title }) => `#${number} ${title}`.toLowerCase().includes(query))
      .map(({ number, title }) => ({ id: String(number), label: `#${number} ${title}`, value: number }));
    const typed = /^[1-9]\d{0,8}$/.test(query) && !this.titles().has(Number(query));
    return typed ? [{ id: query, label: `#${query}`, value: Number(query) }, ...found] : found;
  });

  constructor() {
    const dialog = inject(MatDialogRef);
    const session = this.store.selectSignal(sessionsFeature.selectOpen)();
    if (session) this.issues.show({ owner: session.owner, repo: session.repo });
    inject(Actions)
      .pipe(ofType(issuesApiActions.created), takeUntilDestroyed())
      .subscribe(() => dialog.close());
  }

  protected adopt(githubNumber: number): void {
    if (this.creating().busy) return;
    this.store.dispatch(issuesPageActions.createAsked({ sessionId: this.sessionId, issue: { githubNumber } }));
  }
}

import { Component, effect, inject, signal } from '@angular/core';
import { FormField, form, maxLength } from '@angular/forms/signals';
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
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { issuesApiActions } from '../../../../state/issues/issues-api.actions';
import { issuesPageActions } from '../../../../state/issues/issues-page.actions';
import { issuesFeature } from '../../../../state/issues/issues.feature';
import { ErrorState } from '../../../../ui/error-state/error-state';
import type { DraftFrom } from './new-issue';

const longest = 10_000;

/** What the draft should be about, in the person's own words if they like. */
@Component({
  selector: 'app-draft-dialog',
  imports: [FormField, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, ErrorState],
  template: `
    <form (submit)="start($event)">
      <h2 mat-dialog-title>Draft an issue</h2>
      <mat-dialog-content>
        <p>
          Written from {{ from.messageIds.length ? 'the chosen message' : 'this conversation' }}, the cards and the
          repository. You edit it before anything is sent to GitHub.
        </p>
        <label class="field">
          <span class="label">Instructions <span class="faint">(optional)</span></span>
          <textarea
            class="input"
            rows="5"
            placeholder="Only the race in the upload, with steps to reproduce"
            [formField]="wish.instructions"
          ></textarea>
        </label>
        @if (problem(); as problem) {
          <app-error-state [problem]="problem" [retryable]="false" />
        }
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit" [disabled]="wish().invalid() || creating().busy">
          {{ creating().busy ? 'Starting' : 'Draft the issue' }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    mat-dialog-content {
      display: flex;
      flex-direction: column;
      gap: var(--s3);
    }
  `,
})
export class DraftDialog {
  protected readonly from = inject<DraftFrom>(MAT_DIALOG_DATA);
  private readonly store = inject(Store);
  private readonly model = signal({ instructions: '' });
  protected readonly wish = form(this.model, (path) => maxLength(path.instructions, longest));
  protected readonly creating = this.store.selectSignal(issuesFeature.selectCreateView);
  /** What went wrong here, not in a dialog before. */
  protected readonly problem = signal<ReturnType<typeof this.creating>['problem']>(undefined);

  constructor() {
    const dialog = inject(MatDialogRef);
    inject(Actions)
      .pipe(ofType(issuesApiActions.created), takeUntilDestroyed())
      .subscribe(() => dialog.close());
    let asked = false;
    effect(() => {
      const { busy, problem } = this.creating();
      asked ||= busy;
      if (asked) this.problem.set(problem);
    });
  }

  protected start(event: Event): void {
    event.preventDefault();
    if (this.wish().invalid() || this.creating().busy) return;
    const { sessionId, messageIds } = this.from;
    const instructions = this.model().instructions.trim();
    const issue = {
      ...(instructions ? { instructions } : {}),
      ...(messageIds.length ? { messageIds: [...messageIds] } : {}),
    };
    this.store.dispatch(issuesPageActions.createAsked({ sessionId, issue }));
  }
}

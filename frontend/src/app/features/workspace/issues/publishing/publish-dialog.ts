import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { PreviewStore } from '../sent-preview/preview.store';
import { SentPreview } from '../sent-preview/sent-preview';
import type { PublishQuestion } from './publishing';

/** The last look before an issue leaves: exactly what is sent, to where, as whom. */
@Component({
  selector: 'app-publish-dialog',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    ErrorState,
    SentPreview,
    Skeleton,
  ],
  providers: [PreviewStore],
  template: `
    <h2 mat-dialog-title>Publish this issue?</h2>
    <mat-dialog-content tabindex="0" role="region" aria-label="What is sent">
      <p>
        It becomes an issue of <strong>{{ question.repository }}</strong> on GitHub, opened as
        <strong>{{ question.login }}</strong>. Everybody who can read the repository sees it, and GitHub notifies its
        watchers.
      </p>
      @if (store.problem(); as problem) {
        <app-error-state [problem]="problem" (retry)="store.load(question.issueId)" />
      } @else if (store.preview(); as preview) {
        <app-sent-preview [preview]="preview" />
      } @else {
        <app-skeleton [rows]="6" [rowHeight]="32" />
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" [mat-dialog-close]="false">Cancel</button>
      <button matButton="filled" type="button" [disabled]="!store.preview()" [mat-dialog-close]="true">
        Publish to {{ question.repository }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    p {
      margin-bottom: var(--s4);
      color: var(--text);
    }
  `,
})
export class PublishDialog {
  protected readonly question = inject<PublishQuestion>(MAT_DIALOG_DATA);
  protected readonly store = inject(PreviewStore);

  constructor() {
    this.store.load(this.question.issueId);
  }
}

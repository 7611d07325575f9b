import { Component, inject, signal } from '@angular/core';
import { FormField, form, maxLength, required } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import type { OpenPullRequest } from '@yudai/sdk';
import type { PullRequestQuestion } from './opening';

/** The last look before a change leaves: its words can still be changed, and nothing else is sent. */
@Component({
  selector: 'app-pull-request-dialog',
  imports: [FormField, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  templateUrl: './pull-request-dialog.html',
  styleUrl: './pull-request-dialog.css',
})
export class PullRequestDialog {
  private readonly dialog = inject<MatDialogRef<PullRequestDialog, OpenPullRequest>>(MatDialogRef);
  protected readonly question = inject<PullRequestQuestion>(MAT_DIALOG_DATA);
  private readonly model = signal({ ...this.question.words, draft: this.question.unverified });
  protected readonly words = form(this.model, (path) => {
    required(path.title);
    maxLength(path.title, 256);
    maxLength(path.body, 60_000);
  });

  protected open(event: Event): void {
    event.preventDefault();
    const { title, body, draft } = this.model();
    if (this.words().valid() && title.trim()) this.dialog.close({ title: title.trim(), body, draft });
  }
}

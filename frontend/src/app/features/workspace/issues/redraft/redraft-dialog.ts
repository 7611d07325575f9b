import { Component, inject, signal } from '@angular/core';
import { FormField, form, maxLength, required } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';

const longest = 5000;

/** What the model should do better when it writes the draft again. */
@Component({
  selector: 'app-redraft-dialog',
  imports: [FormField, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <form (submit)="draft($event)">
      <h2 mat-dialog-title>Draft it again</h2>
      <mat-dialog-content>
        <p>The model writes a new text from the same conversation. The text you have stays under Revisions.</p>
        <label class="field">
          <span class="label">What should be different?</span>
          <textarea
            class="input"
            rows="5"
            placeholder="Shorter, and name the function that loses the update"
            [formField]="wish.instructions"
          ></textarea>
        </label>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit" [disabled]="wish().invalid()">Draft it again</button>
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
export class RedraftDialog {
  private readonly dialog = inject<MatDialogRef<RedraftDialog, string>>(MatDialogRef);
  private readonly model = signal({ instructions: '' });
  protected readonly wish = form(this.model, (path) => {
    required(path.instructions);
    maxLength(path.instructions, longest);
  });

  protected draft(event: Event): void {
    event.preventDefault();
    const instructions = this.model().instructions.trim();
    if (this.wish().valid() && instructions) this.dialog.close(instructions);
  }
}

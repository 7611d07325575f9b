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

/** A name of at least one and at most 200 characters. */
@Component({
  selector: 'app-rename-dialog',
  imports: [FormField, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <form (submit)="save($event)">
      <h2 mat-dialog-title>Rename the session</h2>
      <mat-dialog-content>
        <label class="field">
          <span class="label">Name</span>
          <input class="input" type="text" autocomplete="off" [formField]="name.title" />
        </label>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit" [disabled]="name().invalid()">Rename</button>
      </mat-dialog-actions>
    </form>
  `,
})
export class RenameDialog {
  private readonly dialog = inject<MatDialogRef<RenameDialog, string>>(MatDialogRef);
  private readonly model = signal({ title: inject<string>(MAT_DIALOG_DATA) });
  protected readonly name = form(this.model, (path) => {
    required(path.title);
    maxLength(path.title, 200);
  });

  protected save(event: Event): void {
    event.preventDefault();
    if (this.name().valid()) this.dialog.close(this.model().title);
  }
}

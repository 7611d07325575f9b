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
import type { Card } from '@yudai/sdk';
import type { CardWords } from './card-editing';

/** A card's name and text. */
@Component({
  selector: 'app-card-dialog',
  imports: [FormField, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <form (submit)="save($event)">
      <h2 mat-dialog-title>{{ card ? 'Edit the card' : 'Write a card' }}</h2>
      <mat-dialog-content>
        <label class="field">
          <span class="label">Name</span>
          <input class="input" type="text" autocomplete="off" [formField]="words.title" />
        </label>
        <label class="field">
          <span class="label">Text</span>
          <textarea class="input" rows="10" [formField]="words.content"></textarea>
        </label>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit" [disabled]="words().invalid()">
          {{ card ? 'Save' : 'Add the card' }}
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
export class CardDialog {
  private readonly dialog = inject<MatDialogRef<CardDialog, CardWords>>(MatDialogRef);
  protected readonly card = inject<Card | undefined>(MAT_DIALOG_DATA);
  private readonly model = signal({ title: this.card?.title ?? '', content: this.card?.content ?? '' });
  protected readonly words = form(this.model, (path) => {
    required(path.title);
    maxLength(path.title, 200);
    required(path.content);
    maxLength(path.content, 100_000);
  });

  protected save(event: Event): void {
    event.preventDefault();
    if (this.words().valid()) this.dialog.close(this.model());
  }
}

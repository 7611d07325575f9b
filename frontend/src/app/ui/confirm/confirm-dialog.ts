import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import type { Question } from './confirm';

/** A question with exactly two answers. */
@Component({
  selector: 'app-confirm-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 mat-dialog-title>{{ question.title }}</h2>
    <mat-dialog-content>
      <p>{{ question.text }}</p>
      @if (question.details; as details) {
        <dl>
          @for (detail of details; track detail.label) {
            <dt>{{ detail.label }}</dt>
            <dd>{{ detail.value }}</dd>
          }
        </dl>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" [mat-dialog-close]="false" data-cancel>Cancel</button>
      <button matButton="filled" type="button" [class.danger]="question.danger" [mat-dialog-close]="true" data-confirm>
        {{ question.confirm }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    p {
      color: var(--text);
    }
    dl {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 6px var(--s4);
      margin-top: var(--s3);
      padding: var(--s3);
      border: 1px solid var(--border);
      border-radius: var(--radius);
      background: var(--surface-sunken);
      font-size: var(--text-13);
    }
    dt {
      color: var(--text-faint);
    }
    dd {
      color: var(--text);
      overflow-wrap: anywhere;
    }
  `,
})
export class ConfirmDialog {
  protected readonly question = inject<Question>(MAT_DIALOG_DATA);
}

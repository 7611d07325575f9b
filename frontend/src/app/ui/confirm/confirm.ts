import { Service, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';

/** What is asked before something that cannot be taken back, or that leaves the building. */
export interface Question {
  readonly title: string;
  readonly text: string;
  /** Exactly what will be sent or lost, line by line. */
  readonly details?: readonly { readonly label: string; readonly value: string }[];
  /** The verb: "Delete the session". */
  readonly confirm: string;
  readonly danger?: boolean;
}

/** Asks, and waits for the answer. The dialog is loaded when it is first needed. */
@Service()
export class Confirm {
  private readonly dialog = inject(MatDialog);

  async ask(question: Question): Promise<boolean> {
    const { ConfirmDialog } = await import('./confirm-dialog');
    const opened = this.dialog.open<unknown, Question, boolean>(ConfirmDialog, {
      data: question,
      width: '440px',
      role: 'alertdialog',
      autoFocus: question.danger ? '[data-cancel]' : '[data-confirm]',
    });
    return (await firstValueFrom(opened.afterClosed())) ?? false;
  }
}

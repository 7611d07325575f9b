import { Service, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';

/** What is about to leave, to where, as whom. */
export interface PublishQuestion {
  readonly issueId: string;
  /** owner/name */
  readonly repository: string;
  readonly login: string;
}

/** Asks before an issue is published. */
@Service()
export class Publishing {
  private readonly dialog = inject(MatDialog);

  async ask(question: PublishQuestion): Promise<boolean> {
    const { PublishDialog } = await import('./publish-dialog');
    const opened = this.dialog.open<unknown, PublishQuestion, boolean>(PublishDialog, {
      data: question,
      width: '720px',
      role: 'alertdialog',
      autoFocus: 'dialog',
    });
    return (await firstValueFrom(opened.afterClosed())) ?? false;
  }
}

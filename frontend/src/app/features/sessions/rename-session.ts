import { Service, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';

/** Asks for a session's new name. */
@Service()
export class RenameSession {
  private readonly dialog = inject(MatDialog);

  /** The new name, or nothing when the person left or changed nothing. */
  async ask(title: string): Promise<string | undefined> {
    const { RenameDialog } = await import('./rename-dialog/rename-dialog');
    const opened = this.dialog.open<unknown, string, string>(RenameDialog, {
      data: title,
      width: '440px',
      autoFocus: 'input',
    });
    const answer = (await firstValueFrom(opened.afterClosed()))?.trim();
    return answer && answer !== title ? answer : undefined;
  }
}

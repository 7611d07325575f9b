import { Service, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';

/** Asks what another draft should do better. */
@Service()
export class Redrafting {
  private readonly dialog = inject(MatDialog);

  /** The instructions, or nothing when it was left. */
  async ask(): Promise<string | undefined> {
    const { RedraftDialog } = await import('./redraft-dialog');
    const opened = this.dialog.open<unknown, undefined, string>(RedraftDialog, {
      width: '520px',
      autoFocus: 'textarea',
    });
    return firstValueFrom(opened.afterClosed());
  }
}

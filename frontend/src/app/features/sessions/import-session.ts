import { Service, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { Router } from '@angular/router';
import type { Session } from '@yudai/sdk';
import { firstValueFrom } from 'rxjs';

/** Asks for the file of an exported session, and goes to the session that it has become. */
@Service()
export class ImportSession {
  private readonly dialog = inject(MatDialog);
  private readonly router = inject(Router);

  async ask(): Promise<void> {
    const { ImportDialog } = await import('./import-dialog/import-dialog');
    const opened = this.dialog.open<unknown, undefined, Session>(ImportDialog, { width: '480px', autoFocus: 'input' });
    const session = await firstValueFrom(opened.afterClosed());
    if (session) await this.router.navigate(['/s', session.id]);
  }
}

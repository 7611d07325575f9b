import { Service, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import type { Session } from '@yudai/sdk';

/** Opens the list of people who share a session. */
@Service()
export class Share {
  private readonly dialog = inject(MatDialog);

  async open(session: Session): Promise<void> {
    const { ShareDialog } = await import('./share-dialog');
    this.dialog.open<unknown, Session>(ShareDialog, { data: session, width: '480px', autoFocus: 'input' });
  }
}

import { Service, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';

/** What a draft is to be made from. */
export interface DraftFrom {
  readonly sessionId: string;
  /** The messages it is about; nothing for the whole conversation. */
  readonly messageIds: readonly string[];
}

/** The two ways to an issue: the model writes it, or it is on GitHub already. */
@Service()
export class NewIssue {
  private readonly dialog = inject(MatDialog);

  async draft(sessionId: string, messageIds: readonly string[] = []): Promise<void> {
    const { DraftDialog } = await import('./draft-dialog');
    this.dialog.open<unknown, DraftFrom>(DraftDialog, {
      data: { sessionId, messageIds },
      width: '520px',
      autoFocus: 'textarea',
    });
  }

  async adopt(sessionId: string): Promise<void> {
    const { AdoptDialog } = await import('./adopt-dialog');
    this.dialog.open<unknown, string>(AdoptDialog, { data: sessionId, width: '520px', autoFocus: 'input' });
  }
}

import { Service, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import type { Card } from '@yudai/sdk';
import { firstValueFrom } from 'rxjs';

/** What a person may write on a card. */
export interface CardWords {
  readonly title: string;
  readonly content: string;
}

/** Asks for a new card's words, or for other words on a card. */
@Service()
export class CardEditing {
  private readonly dialog = inject(MatDialog);

  async ask(card?: Card): Promise<CardWords | undefined> {
    const { CardDialog } = await import('./card-dialog');
    const opened = this.dialog.open<unknown, Card | undefined, CardWords>(CardDialog, {
      data: card,
      width: '560px',
      autoFocus: 'input',
    });
    return firstValueFrom(opened.afterClosed());
  }
}

import { Component, computed, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import type { Message } from '@yudai/sdk';
import { CopyButton } from '../../../../ui/copy-button/copy-button';
import { Icon } from '../../../../ui/icon/icon';
import type { MessageWish } from '../message-wish';

/** The row under a message: other versions of it, and what can be done with this one. */
@Component({
  selector: 'app-message-actions',
  imports: [MatIconButton, CopyButton, Icon],
  templateUrl: './message-actions.html',
  styleUrl: './message-actions.css',
})
export class MessageActions {
  readonly message = input.required<Message>();
  readonly mayEdit = input(false);
  readonly wish = output<MessageWish>();
  /** The person wants to write other words; the field is the owner's. */
  readonly editing = output();

  protected readonly isAnswer = computed(() => this.message().role === 'assistant');
  protected readonly versions = computed(() => {
    const siblings = this.message().siblings;
    if (!siblings || siblings.ids.length < 2) return undefined;
    const { index, ids, leafIds } = siblings;
    // A version is shown with what was said after it: the branch that ends in its newest leaf.
    const leaf = (at: number): string | undefined => leafIds?.[at] ?? ids[at];
    return { index, count: ids.length, before: leaf(index - 1), after: leaf(index + 1) };
  });

  protected turn(messageId: string | undefined): void {
    if (messageId) this.wish.emit({ kind: 'branch', messageId });
  }
}

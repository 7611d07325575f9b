import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Store } from '@ngrx/store';
import type { Card } from '@yudai/sdk';
import { sessionsFeature } from '../../../../state/sessions/sessions.feature';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { Icon } from '../../../../ui/icon/icon';
import { ListKeys } from '../../../../ui/list-keys/list-keys';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { Toasts } from '../../../../ui/toast/toasts';
import { CardEditing } from '../card-dialog/card-editing';
import { CardItem } from '../card-item/card-item';
import { CardsStore } from '../cards.store';
import { ContextMeter } from '../context-meter/context-meter';
import { PromptStore } from '../prompt.store';
import { PromptParts } from '../prompt-parts/prompt-parts';

/** What the next prompt holds: the cards, and how much room they and the conversation take. */
@Component({
  selector: 'app-context-tab',
  imports: [MatButton, CardItem, ContextMeter, EmptyState, ErrorState, Icon, ListKeys, PromptParts, Skeleton],
  templateUrl: './context-tab.html',
  styleUrl: './context-tab.css',
})
export class ContextTab {
  protected readonly cards = inject(CardsStore);
  protected readonly prompt = inject(PromptStore);
  protected readonly mayEdit = inject(Store).selectSignal(sessionsFeature.selectMayEdit);
  private readonly editing = inject(CardEditing);
  private readonly toasts = inject(Toasts);

  protected readonly parts = computed(() => this.prompt.context()?.parts ?? []);

  protected async write(): Promise<void> {
    const card = await this.editing.ask();
    if (card) this.cards.add(card);
  }

  protected async edit(card: Card): Promise<void> {
    const changes = await this.editing.ask(card);
    if (changes) this.cards.edit({ card, changes });
  }

  protected pin(card: Card): void {
    this.cards.edit({ card, changes: { pinned: !card.pinned } });
    this.toasts.show(card.pinned ? `Unpinned “${card.title}”` : `Pinned “${card.title}”: it is in every prompt now`, {
      label: 'Undo',
      run: () => this.cards.edit({ card: { ...card, pinned: !card.pinned }, changes: { pinned: card.pinned } }),
    });
  }

  /** By the id of its part of the prompt. */
  protected pinPart(id: string): void {
    const card = this.cards.cards().find((each) => `card:${each.id}` === id);
    if (card) this.pin(card);
  }

  protected upload(input: HTMLInputElement): void {
    for (const file of input.files ?? []) this.cards.upload(file);
    input.value = '';
  }
}

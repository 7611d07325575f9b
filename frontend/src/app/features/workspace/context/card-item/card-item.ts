import { Component, computed, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import type { Card } from '@yudai/sdk';
import { Icon } from '../../../../ui/icon/icon';
import type { IconName } from '../../../../ui/icon/icons';
import { fileParams, linesLabel, movedTo } from '../../files/file-link';

const icons: Record<Card['source'], IconName> = { chat: 'chat', file: 'file', upload: 'attach' };
const number = new Intl.NumberFormat('en');

/** One card: what it is called, where it comes from, how much room it takes. */
@Component({
  selector: 'app-card-item',
  imports: [MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink, Icon],
  templateUrl: './card-item.html',
  styleUrl: './card-item.css',
})
export class CardItem {
  readonly card = input.required<Card>();
  readonly mayEdit = input(false);
  readonly pin = output();
  readonly edit = output();
  readonly remove = output();

  protected readonly icon = computed(() => icons[this.card().source]);
  protected readonly tokens = computed(() => `${number.format(this.card().tokens)} tokens`);
  protected readonly place = computed(() => {
    const { path, startLine, endLine, commit } = this.card();
    if (!path) return undefined;
    const lines = startLine && endLine ? ([startLine, endLine] as const) : undefined;
    return { label: linesLabel(path, lines), params: fileParams(path, lines, commit ?? undefined) };
  });
  protected readonly now = computed(() => {
    const { path, now } = this.card();
    return path && now ? movedTo(now, path) : undefined;
  });
}

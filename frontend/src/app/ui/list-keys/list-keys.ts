import { Directive, ElementRef, inject } from '@angular/core';
import { useShortcuts } from '../shortcuts/shortcuts';

/**
 * j and k walk through a list's rows, wherever the focus was; Enter is left to the row, which is a link or a button
 * and carries `data-row`.
 */
@Directive({ selector: '[appListKeys]' })
export class ListKeys {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    useShortcuts([
      { keys: 'j', label: 'Next row', group: 'Lists', run: () => this.move(1) },
      { keys: 'k', label: 'Previous row', group: 'Lists', run: () => this.move(-1) },
    ]);
  }

  private move(by: 1 | -1): void {
    const rows = [...this.host.querySelectorAll<HTMLElement>('[data-row]')].filter(isShown);
    const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
    const start = by > 0 ? 0 : rows.length - 1;
    const next = at < 0 ? start : Math.min(rows.length - 1, Math.max(0, at + by));
    rows[next]?.focus();
    rows[next]?.scrollIntoView({ block: 'nearest' });
  }
}

/** What stands in a part that is folded up is passed over. */
const isShown = (row: HTMLElement): boolean => row.closest('details:not([open])') === null;

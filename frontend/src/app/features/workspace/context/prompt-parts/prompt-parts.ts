import { Component, ElementRef, computed, inject, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { Icon } from '../../../../ui/icon/icon';
import { useShortcuts } from '../../../../ui/shortcuts/shortcuts';
import { type Part, type PartRow, rowsOf } from './part-rows';

/** The next prompt, piece by piece: what is in it, what stands condensed, what was left out and why. */
@Component({
  selector: 'app-prompt-parts',
  imports: [MatIconButton, Icon],
  templateUrl: './prompt-parts.html',
  styleUrl: './prompt-parts.css',
})
export class PromptParts {
  readonly parts = input.required<readonly Part[]>();
  readonly mayEdit = input(false);
  /** Id of a part that is to be left out, or taken in again. */
  readonly flip = output<string>();
  /** Id of a card's part that is to be pinned, or unpinned. */
  readonly pin = output<string>();
  /** The last choice is to be taken back. */
  readonly undo = output();

  protected readonly rows = computed(() => rowsOf(this.parts()));
  protected readonly out = computed(() => this.rows().filter(({ isIn }) => !isIn).length);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    const group = 'Parts of the prompt';
    useShortcuts([
      { keys: 'x', label: 'Leave out, or take in again', group, run: () => this.drop(this.focused()) },
      { keys: 'p', label: 'Pin or unpin a card', group, run: () => this.fix(this.focused()) },
      { keys: 'u', label: 'Take the last choice back', group, run: () => this.mayEdit() && this.undo.emit() },
    ]);
  }

  protected drop(row: PartRow | undefined): void {
    if (row?.canDrop && this.mayEdit()) this.flip.emit(row.id);
  }

  protected fix(row: PartRow | undefined): void {
    if (row?.canPin && this.mayEdit()) this.pin.emit(row.id);
  }

  private focused(): PartRow | undefined {
    const row = document.activeElement?.closest<HTMLElement>('[data-part]');
    return row && this.host.contains(row) ? this.rows().find(({ id }) => id === row.dataset['part']) : undefined;
  }
}

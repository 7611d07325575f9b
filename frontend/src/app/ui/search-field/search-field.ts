import { Component, type ElementRef, input, linkedSignal, output, viewChild } from '@angular/core';
import { Icon } from '../icon/icon';
import { useShortcuts } from '../shortcuts/shortcuts';

/** Milliseconds without a key after which a search begins. */
const pause = 200;

/** The search field of a page: `/` goes there, Escape empties it, and it speaks up when typing pauses. */
@Component({
  selector: 'app-search-field',
  imports: [Icon],
  template: `
    <app-icon name="search" />
    <input
      #field
      type="search"
      class="input"
      autocomplete="off"
      spellcheck="false"
      [attr.aria-label]="label()"
      [placeholder]="label()"
      [value]="text()"
      (input)="type(field.value)"
      (keydown.enter)="settle()"
      (keydown.escape)="clear($event)"
    />
    <kbd aria-hidden="true">/</kbd>
  `,
  styleUrl: './search-field.css',
})
export class SearchField {
  readonly label = input.required<string>();
  /** What is being searched for now (from the URL, say). */
  readonly value = input('');
  readonly searched = output<string>();

  protected readonly text = linkedSignal(() => this.value());
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    useShortcuts([{ keys: '/', label: 'Search this page', group: 'General', run: () => this.focus() }]);
  }

  protected type(text: string): void {
    this.text.set(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), pause);
  }

  protected settle(): void {
    clearTimeout(this.timer);
    this.searched.emit(this.text().trim());
  }

  protected clear(event: Event): void {
    if (this.text() === '') return;
    event.preventDefault();
    this.text.set('');
    this.settle();
  }

  private focus(): void {
    this.field().nativeElement.focus();
    this.field().nativeElement.select();
  }
}

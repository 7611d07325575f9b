import { Component, input } from '@angular/core';

/** One line of code: its number (not selectable, so that copying takes code only) and its text. */
@Component({
  selector: 'app-code-line',
  template: `<span class="number" [attr.data-line]="number()"></span>
    @if (html() !== undefined) {
      <code [innerHTML]="html()"></code>
    } @else {
      <code>{{ text() }}</code>
    }`,
  host: { '[class.marked]': 'marked()' },
  styles: `
    :host {
      display: flex;
      min-height: 20px;
      font: var(--text-12) / 20px var(--mono);
      white-space: inherit;
    }
    :host(.marked) {
      background: var(--accent-soft);
    }
    .number {
      position: sticky;
      left: 0;
      flex: none;
      min-width: calc(var(--digits, 3) * 1ch + 24px);
      padding: 0 12px;
      text-align: right;
      color: var(--text-faint);
      background: var(--surface-sunken);
      user-select: none;
    }
    :host(.marked) .number {
      background: var(--accent-soft);
      color: var(--text);
    }
    .number::before {
      content: attr(data-line);
    }
    code {
      min-width: 0;
      padding-right: 16px;
      font-size: inherit;
      tab-size: 4;
    }
  `,
})
export class CodeLine {
  readonly number = input.required<number>();
  readonly text = input.required<string>();
  readonly html = input<string>();
  readonly marked = input(false);
}

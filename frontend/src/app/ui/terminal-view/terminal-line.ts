import { Component, computed, input } from '@angular/core';
import { parseAnsi } from './ansi';
import type { TerminalEntry } from './terminal-view';

/** One line of output, its colours as classes of the theme. */
@Component({
  selector: 'app-terminal-line',
  template: `@for (span of spans(); track $index) {
    <span [class]="span.style">{{ span.text }}</span>
  }`,
  host: { '[attr.data-kind]': 'line().kind' },
  styles: `
    :host {
      display: block;
      height: 18px;
      padding: 0 var(--s3);
      font: var(--text-12) / 18px var(--mono);
      white-space: pre;
    }
    :host([data-kind='command']) {
      color: var(--accent-text);
      font-weight: 600;
    }
    :host([data-kind='command'])::before {
      content: '$ ';
    }
    :host([data-kind='error']) {
      color: var(--danger);
    }
    :host([data-kind='note']) {
      color: var(--text-faint);
      font-style: italic;
    }
    .bold {
      font-weight: 600;
    }
    .dim {
      color: var(--text-faint);
    }
    .fg1 {
      color: var(--danger);
    }
    .fg2 {
      color: var(--good);
    }
    .fg3 {
      color: var(--warning);
    }
    .fg4 {
      color: var(--info);
    }
    .fg5 {
      color: var(--code-keyword);
    }
    .fg6 {
      color: var(--code-type);
    }
  `,
})
export class TerminalLine {
  readonly line = input.required<TerminalEntry>();
  protected readonly spans = computed(() => parseAnsi(this.line().text));
}

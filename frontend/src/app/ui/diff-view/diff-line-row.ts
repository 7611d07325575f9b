import { Component, computed, input } from '@angular/core';
import type { DiffRow } from './diff-rows';

const signs = { added: '+', removed: '−', context: ' ' } as const;
const names = { added: 'added', removed: 'removed', context: '' } as const;

/** One row of a diff: both line numbers, the sign, the code. Numbers and signs are not selectable. */
@Component({
  selector: 'app-diff-line-row',
  template: `
    @if (line(); as line) {
      <span class="number" [attr.data-line]="line.before"></span>
      <span class="number" [attr.data-line]="line.after"></span>
      <span class="sign" [attr.data-sign]="line.sign"></span>
      @if (line.name) {
        <span class="visually-hidden">{{ line.name }}</span>
      }
      @if (line.html !== undefined) {
        <code [innerHTML]="line.html"></code>
      } @else {
        <code>{{ line.text }}</code>
      }
    } @else {
      <code class="header">{{ header() }}</code>
    }
  `,
  host: {
    '[attr.data-kind]': 'row().kind',
    '[attr.data-hunk]': 'hunk()',
    '[attr.tabindex]': 'hunk() === null ? null : -1',
  },
  styleUrl: './diff-line-row.css',
})
export class DiffLineRow {
  readonly row = input.required<DiffRow>();

  protected readonly line = computed(() => {
    const row = this.row();
    return row.kind === 'hunk' ? undefined : { ...row, sign: signs[row.kind], name: names[row.kind] };
  });
  protected readonly header = computed(() => {
    const row = this.row();
    return row.kind === 'hunk' ? row.header : '';
  });
  protected readonly hunk = computed(() => {
    const row = this.row();
    return row.kind === 'hunk' ? row.hunk : null;
  });
}

import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Component, ElementRef, computed, inject, input, model, resource, viewChild } from '@angular/core';
import { CopyButton } from '../copy-button/copy-button';
import { Highlighter } from '../highlight/highlighter';
import { grammarOfPath } from '../highlight/languages';
import { Icon } from '../icon/icon';
import { DiffLineRow } from './diff-line-row';
import { colour, rowsOf, sideOf } from './diff-rows';
import type { DiffFile } from './parse-diff';

const virtualFrom = 500;
const rowHeight = 20;

const notes: Record<DiffFile['change'], string> = {
  added: 'new',
  deleted: 'deleted',
  renamed: 'renamed',
  modified: '',
};

/** One file of a diff: a header that folds it, and its lines. */
@Component({
  selector: 'app-diff-file',
  imports: [CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport, CopyButton, Icon, DiffLineRow],
  templateUrl: './diff-file.html',
  styleUrl: './diff-file.css',
})
export class DiffFileView {
  readonly file = input.required<DiffFile>();
  readonly open = model(true);
  readonly wrap = input(false);

  protected readonly rowHeight = rowHeight;
  private readonly plain = computed(() => rowsOf(this.file()));
  protected readonly virtual = computed(() => this.plain().length > virtualFrom);
  protected readonly note = computed(() => notes[this.file().change]);
  protected readonly rows = computed(() => (this.coloured.hasValue() ? this.coloured.value() : this.plain()));

  private readonly highlighter = inject(Highlighter);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly viewport = viewChild(CdkVirtualScrollViewport);
  private readonly coloured = resource({
    params: () => {
      const grammar = grammarOfPath(this.file().path);
      return grammar && this.open() ? { rows: this.plain(), grammar } : undefined;
    },
    loader: async ({ params: { rows, grammar } }) => {
      const sides = [sideOf(rows, 'removed'), sideOf(rows, 'added')];
      const html = await Promise.all(sides.map((side) => this.highlighter.lines(side.code, grammar)));
      return colour(
        rows,
        sides.map((side, index) => [side, html[index] ?? []] as const),
      );
    },
  });

  /** Brings a hunk into view and puts the focus there. The file must be open and drawn. */
  reveal(hunk: number): void {
    const place = this.plain().findIndex((row) => row.kind === 'hunk' && row.hunk === hunk);
    this.viewport()?.scrollToIndex(Math.max(0, place));
    const element = this.host.querySelector<HTMLElement>(`[data-hunk="${hunk}"]`);
    (element ?? this.host).scrollIntoView({ block: element ? 'center' : 'start' });
    element?.focus({ preventScroll: true });
  }
}

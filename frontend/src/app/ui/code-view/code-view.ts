import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import {
  Component,
  DestroyRef,
  ElementRef,
  Injector,
  afterNextRender,
  afterRenderEffect,
  computed,
  inject,
  input,
  resource,
  signal,
  viewChild,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { CopyButton } from '../copy-button/copy-button';
import { Highlighter } from '../highlight/highlighter';
import { grammarOfPath } from '../highlight/languages';
import { Icon } from '../icon/icon';
import { showInvisible } from '../text/invisible';
import { CodeLine } from './code-line';

/** From this many lines on only what is in view is drawn. */
const virtualFrom = 500;
const lineHeight = 20;

/** Code to read: line numbers, colours when they have loaded, copy, wrapping, and a marked range that is scrolled to. */
@Component({
  selector: 'app-code-view',
  imports: [
    CdkFixedSizeVirtualScroll,
    CdkVirtualForOf,
    CdkVirtualScrollViewport,
    MatIconButton,
    CopyButton,
    Icon,
    CodeLine,
  ],
  templateUrl: './code-view.html',
  styleUrl: './code-view.css',
})
export class CodeView {
  readonly text = input.required<string>();
  /** The file's path: its ending chooses the colours, and it names the region. */
  readonly path = input('');
  /** The number of the first line shown. */
  readonly startLine = input(1);
  /** First and last line to mark, in the file's own numbers. */
  readonly marked = input<readonly [from: number, to: number]>();

  protected readonly lineHeight = lineHeight;
  protected readonly wrap = signal(false);
  protected readonly plain = computed(() => showInvisible(this.text().replace(/\n$/, '')).split('\n'));
  protected readonly virtual = computed(() => this.plain().length > virtualFrom);
  protected readonly digits = computed(() => String(this.startLine() + this.plain().length).length);
  protected readonly rows = computed(() => {
    const html = this.coloured.hasValue() ? this.coloured.value() : undefined;
    const [from, to] = this.marked() ?? [0, -1];
    return this.plain().map((text, index) => {
      const number = this.startLine() + index;
      return { number, text, html: html?.[index], marked: number >= from && number <= to };
    });
  });

  private readonly injector = inject(Injector);
  private readonly life = inject(DestroyRef);
  private readonly highlighter = inject(Highlighter);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly viewport = viewChild(CdkVirtualScrollViewport);
  private readonly coloured = resource({
    params: () => {
      const grammar = grammarOfPath(this.path());
      return grammar ? { code: this.plain().join('\n'), grammar } : undefined;
    },
    loader: ({ params }) => this.highlighter.lines(params.code, params.grammar),
  });

  constructor() {
    afterRenderEffect(() => this.reveal());
  }

  /** Brings the marked range into view, a few lines below the upper edge; without one, the beginning of a long text. */
  private reveal(): void {
    const lines = this.plain().length;
    const row = Math.min(lines - 1, Math.max(0, (this.marked()?.[0] ?? 0) - this.startLine() - 3));
    const viewport = this.viewport();
    if (viewport) this.scroll(viewport, row);
    else this.host.querySelector('.marked')?.scrollIntoView({ block: 'center' });
  }

  /** The viewport begins to work, and becomes as high as the text, only after the page was drawn with it. */
  private scroll(viewport: CdkVirtualScrollViewport, row: number): void {
    const { injector, life } = this;
    queueMicrotask(() => {
      if (!life.destroyed) afterNextRender({ write: () => viewport.scrollToIndex(row) }, { injector });
    });
  }
}

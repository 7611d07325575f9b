import { CdkVirtualScrollViewport, VIRTUAL_SCROLL_STRATEGY } from '@angular/cdk/scrolling';
import { NgTemplateOutlet } from '@angular/common';
import {
  Component,
  ElementRef,
  Injector,
  TemplateRef,
  afterNextRender,
  computed,
  contentChild,
  effect,
  inject,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { useShortcuts } from '../shortcuts/shortcuts';
import { LongListStrategy, type RowRange } from './long-list-strategy';

let lists = 0;

/**
 * A list of any length of which only what is seen is drawn. Its rows are of one height and are drawn by the template
 * inside, which gets each row's place. Arrows, Page, Home, End, j and k move; Enter or a click chooses.
 */
@Component({
  selector: 'app-long-list',
  imports: [CdkVirtualScrollViewport, NgTemplateOutlet],
  providers: [LongListStrategy, { provide: VIRTUAL_SCROLL_STRATEGY, useExisting: LongListStrategy }],
  template: `
    <cdk-virtual-scroll-viewport
      role="listbox"
      tabindex="0"
      [attr.aria-label]="label()"
      [attr.aria-activedescendant]="activeId()"
      (click)="pick($event)"
      (keydown)="press($event)"
    >
      @for (index of drawn(); track index) {
        <div
          class="row"
          role="option"
          [id]="id(index)"
          [attr.data-index]="index"
          [attr.aria-setsize]="length()"
          [attr.aria-posinset]="index + 1"
          [attr.aria-selected]="index === selected()"
          [class.active]="index === active()"
          [style.height.px]="rowHeight()"
        >
          <ng-container [ngTemplateOutlet]="row()" [ngTemplateOutletContext]="{ $implicit: index }" />
        </div>
      }
    </cdk-virtual-scroll-viewport>
  `,
  styleUrl: './long-list.css',
})
export class LongList {
  readonly label = input.required<string>();
  readonly length = input.required<number>();
  /** Height of every row in CSS pixels. */
  readonly rowHeight = input.required<number>();
  /** The row that is open beside the list. */
  readonly selected = input<number>();
  readonly choose = output<number>();
  /** The keyboard went to another row. */
  readonly walked = output<number>();
  /** The rows that are drawn now: what has to be there. */
  readonly rangeChange = output<RowRange>();

  protected readonly row = contentChild.required(TemplateRef);
  private readonly strategy = inject(LongListStrategy);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly name = `long-list-${++lists}`;
  /** Where the keyboard is. */
  protected readonly active = linkedSignal<number | undefined>(() => this.selected());
  protected readonly drawn = computed(() => {
    const { start, end } = this.strategy.range();
    return Array.from({ length: Math.max(0, Math.min(end, this.length()) - start) }, (_, at) => start + at);
  });
  protected readonly activeId = computed(() => {
    const active = this.active();
    return active !== undefined && this.drawn().includes(active) ? this.id(active) : null;
  });

  constructor() {
    effect(() => this.strategy.resize(this.length(), this.rowHeight()));
    effect(() => this.rangeChange.emit(this.strategy.range()));
    useShortcuts([
      { keys: 'j', label: 'Next row', group: 'Lists', run: () => this.walk(1) },
      { keys: 'k', label: 'Previous row', group: 'Lists', run: () => this.walk(-1) },
    ]);
  }

  /** Brings a row near the upper edge and makes it the keyboard's place, once the list is long enough to hold it. */
  goTo(index: number): void {
    this.active.set(index);
    afterNextRender(() => this.strategy.scrollToIndex(Math.max(0, index - 3)), { injector: this.injector });
  }

  focus(): void {
    this.host.querySelector<HTMLElement>('[role=listbox]')?.focus({ preventScroll: true });
  }

  protected id(index: number): string {
    return `${this.name}-${index}`;
  }

  protected pick(event: Event): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (!row) return;
    const index = Number(row.dataset['index']);
    this.active.set(index);
    this.choose.emit(index);
  }

  protected press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const far = this.length();
    const moves: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: this.strategy.seen,
      PageUp: -this.strategy.seen,
      Home: -far,
      End: far,
    };
    const by = moves[key];
    const active = this.active();
    if (by !== undefined) this.walk(by);
    else if ((key === 'Enter' || key === ' ') && active !== undefined) this.choose.emit(active);
    else return;
    event.preventDefault();
  }

  private walk(by: number): void {
    const last = this.length() - 1;
    if (last < 0) return;
    const active = this.active();
    const from = active ?? this.strategy.first - Math.sign(by);
    const to = Math.min(last, Math.max(0, from + by));
    this.active.set(to);
    this.strategy.reveal(to);
    this.focus();
    this.walked.emit(to);
  }
}

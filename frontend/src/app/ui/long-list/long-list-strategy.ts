import type { CdkVirtualScrollViewport, VirtualScrollStrategy } from '@angular/cdk/scrolling';
import { Injectable, type OnDestroy, signal } from '@angular/core';
import { Subject, distinctUntilChanged } from 'rxjs';
import { Ruler, type Standing } from './ruler';

/** Rows from `start` up to `end`, which is not one of them. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** Rows drawn beyond each edge of what is seen, and the step in which the drawn ones change. */
const overscan = 12;
const step = 6;
/** How often a scroll bar is put to a place that is only being made. */
const mostTries = 5;

/** Which rows the CDK's viewport draws, of a list with rows of one height and with as many of them as you like. */
@Injectable()
export class LongListStrategy implements VirtualScrollStrategy, OnDestroy {
  private readonly drawn = signal<RowRange>({ start: 0, end: 0 }, { equal: sameRange });
  readonly range = this.drawn.asReadonly();
  private readonly firstSeen = new Subject<number>();
  readonly scrolledIndexChange = this.firstSeen.pipe(distinctUntilChanged());

  private viewport: CdkVirtualScrollViewport | undefined;
  private length = 0;
  private rowHeight = 1;
  private ruler = new Ruler(0, 0);
  private place = 0;
  /** The scroll bar is not yet where it has to be: the room for it is drawn first. */
  private tries = 0;

  attach(viewport: CdkVirtualScrollViewport): void {
    this.viewport = viewport;
    this.measure();
  }

  detach(): void {
    this.viewport = undefined;
  }

  ngOnDestroy(): void {
    this.firstSeen.complete();
  }

  /** The list has become another: it stays where it stands, as far as it is long enough. */
  resize(length: number, rowHeight: number): void {
    this.place *= rowHeight / this.rowHeight;
    [this.length, this.rowHeight] = [length, rowHeight];
    this.measure();
  }

  onDataLengthChanged(): void {
    this.measure();
  }

  onContentScrolled(): void {
    const { viewport } = this;
    if (this.tries > 0) this.draw(this.ruler.goTo(this.place));
    else if (viewport) this.draw(this.ruler.follow(viewport.measureScrollOffset()));
  }

  onContentRendered(): void {
    if (this.tries > 0) this.draw(this.ruler.goTo(this.place));
  }

  onRenderedOffsetChanged(): void {
    // Every row has the height it was given: there is nothing to correct.
  }

  scrollToIndex(index: number): void {
    this.goTo(index * this.rowHeight);
  }

  /** Scrolls no further than it takes to see the row. */
  reveal(index: number): void {
    const [above, below] = [index * this.rowHeight, (index + 1) * this.rowHeight - this.view];
    if (above < this.place) this.goTo(above);
    else if (below > this.place) this.goTo(below);
  }

  /** How many rows are wholly seen. */
  get seen(): number {
    return Math.max(1, Math.floor(this.view / this.rowHeight));
  }

  /** The first row that is wholly seen. */
  get first(): number {
    return Math.ceil(this.place / this.rowHeight);
  }

  private get view(): number {
    return this.viewport?.getViewportSize() ?? 0;
  }

  private measure(): void {
    this.ruler = new Ruler(this.length * this.rowHeight, this.view);
    this.viewport?.setTotalContentSize(this.ruler.height);
    this.goTo(this.place);
  }

  private goTo(place: number): void {
    this.tries = mostTries;
    if (this.viewport) this.draw(this.ruler.goTo(place));
    else this.place = place;
  }

  private draw({ place, top }: Standing): void {
    const { viewport, rowHeight } = this;
    if (!viewport) return;
    this.place = place;
    if (apart(viewport.measureScrollOffset(), top)) viewport.scrollToOffset(top);
    this.tries = apart(viewport.measureScrollOffset(), top) ? this.tries - 1 : 0;
    const first = Math.floor(place / rowHeight);
    const last = Math.ceil((place + this.view) / rowHeight);
    const end = Math.min(this.length, Math.ceil((last + overscan) / step) * step);
    const start = Math.min(end, Math.max(0, Math.floor((first - overscan) / step) * step));
    viewport.setRenderedRange({ start, end });
    viewport.setRenderedContentOffset(Math.round(top - place + start * rowHeight));
    this.drawn.set({ start, end });
    this.firstSeen.next(first);
  }
}

const apart = (a: number, b: number): boolean => Math.abs(a - b) > 1;

function sameRange(a: RowRange, b: RowRange): boolean {
  return a.start === b.start && a.end === b.end;
}

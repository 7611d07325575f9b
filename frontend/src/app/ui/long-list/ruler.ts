/** Browsers draw nothing beyond some height (Firefox: 17.8 million pixels); a scroller never becomes taller than this. */
export const tallest = 15_000_000;
const parts = 100;

/** Where a list stands. */
export interface Standing {
  /** Pixels from the list's own beginning to the upper edge of what is seen. */
  readonly place: number;
  /** Where the scroll bar has to stand for it. */
  readonly top: number;
}

/**
 * Puts a list of any height behind a scroll bar of bounded height. Short ways are scrolled pixel by pixel, however long
 * the list is; a long way, as by dragging the bar, goes to the same share of the list. In between the list is shifted
 * under the bar: it is cut into parts, and each part further down is shifted a little more.
 */
export class Ruler {
  readonly height: number;
  private readonly part: number;
  private readonly count: number;
  private readonly shiftOfPart: number;
  private shift = 0;
  private last = 0;

  /** @param total height of all rows, @param view height of what is seen of them; in pixels */
  constructor(
    private readonly total: number,
    private readonly view: number,
  ) {
    this.height = Math.min(total, tallest);
    const fits = this.height === total;
    this.part = fits ? Math.max(1, total) : this.height / parts;
    this.count = fits ? 1 : Math.floor(total / this.part);
    this.shiftOfPart = fits ? 0 : (total - this.height) / (this.count - 1);
  }

  /** The bar was moved to `top`. */
  follow(top: number): Standing {
    if (Math.abs(top - this.last) < this.view) return this.goTo(top + this.shift);
    const share = (this.total - this.view) / Math.max(1, this.height - this.view);
    this.shift = this.shiftAt(top * share);
    this.last = top;
    return { place: this.within(top + this.shift), top };
  }

  /** The list is to stand at `place`. */
  goTo(place: number): Standing {
    const inside = this.within(place);
    this.shift = this.shiftAt(inside);
    this.last = inside - this.shift;
    return { place: inside, top: this.last };
  }

  private within(place: number): number {
    return Math.max(0, Math.min(place, this.total - this.view));
  }

  private shiftAt(place: number): number {
    return Math.round(Math.min(this.count - 1, Math.floor(place / this.part)) * this.shiftOfPart);
  }
}

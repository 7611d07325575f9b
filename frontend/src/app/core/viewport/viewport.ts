import { DOCUMENT, Service, inject, signal } from '@angular/core';

/** The same widths as in the style sheets. */
const narrowQuery = '(max-width: 899px)';

/** What the layout must know of the window besides its style sheets. */
@Service()
export class Viewport {
  private readonly media = inject(DOCUMENT).defaultView?.matchMedia(narrowQuery);
  private readonly isNarrow = signal(this.media?.matches ?? false);
  /** Too narrow for two columns: side panels lie over the page. */
  readonly narrow = this.isNarrow.asReadonly();

  constructor() {
    this.media?.addEventListener('change', ({ matches }) => this.isNarrow.set(matches));
  }
}

import { Component, computed, input } from '@angular/core';

/** Grey rows in the shape of what is loading. */
@Component({
  selector: 'app-skeleton',
  template: `
    @for (width of widths(); track $index) {
      <div class="row">
        @if (leading()) {
          <span class="dot"></span>
        }
        <span class="line" [style.width.%]="width"></span>
      </div>
    }
    <span class="visually-hidden">Loading</span>
  `,
  host: { role: 'status', '[style.--row]': 'rowHeight() + "px"' },
  styles: `
    :host {
      display: block;
    }
    .row {
      display: flex;
      align-items: center;
      gap: var(--s3);
      height: var(--row);
      padding: 0 var(--s4);
    }
    .dot,
    .line {
      border-radius: 4px;
      background: var(--surface-hover);
      animation: breathe 1.6s ease-in-out infinite;
    }
    .dot {
      flex: none;
      width: 16px;
      height: 16px;
    }
    .line {
      height: 12px;
    }
    @keyframes breathe {
      50% {
        opacity: 0.5;
      }
    }
  `,
})
export class Skeleton {
  readonly rows = input(6);
  /** Height of one row in CSS pixels: that of the real row. */
  readonly rowHeight = input(40);
  readonly leading = input(false);

  protected readonly widths = computed(() => Array.from({ length: this.rows() }, (_, i) => 42 + ((i * 29) % 47)));
}

import { Component, computed, input } from '@angular/core';

/** How much of something is used, and how much of it is held for what is under way. */
@Component({
  selector: 'app-meter',
  template: `
    <div
      class="track"
      role="meter"
      aria-valuemin="0"
      aria-valuemax="100"
      [attr.aria-label]="label()"
      [attr.aria-valuenow]="percent()"
      [attr.aria-valuetext]="words()"
    >
      <div class="used" [class.full]="percent() >= 90" [style.width.%]="usedPercent()"></div>
      <div class="held" [style.width.%]="percent() - usedPercent()"></div>
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    .track {
      display: flex;
      height: 6px;
      border-radius: 3px;
      overflow: hidden;
      background: var(--surface-hover);
    }
    .used {
      background: var(--accent);
    }
    .full {
      background: var(--danger);
    }
    .held {
      background: color-mix(in srgb, var(--accent) 40%, transparent);
    }
  `,
})
export class Meter {
  readonly label = input.required<string>();
  /** What a screen reader says in place of the percentage. */
  readonly words = input.required<string>();
  /** Both 0 to 1; together no more than 1. */
  readonly used = input.required<number>();
  readonly held = input(0);

  protected readonly usedPercent = computed(() => Math.round(Math.min(1, this.used()) * 100));
  protected readonly percent = computed(() => Math.round(Math.min(1, this.used() + this.held()) * 100));
}

import { Component, computed, input } from '@angular/core';
import { duration } from '../relative-time/relative';

/** How far a piece of work is, and how long it still takes. Without a share it only shows that work goes on. */
@Component({
  selector: 'app-progress',
  template: `
    <div
      class="track"
      role="progressbar"
      [attr.aria-label]="label()"
      aria-valuemin="0"
      aria-valuemax="100"
      [attr.aria-valuenow]="percent()"
    >
      <div class="bar" [class.unknown]="percent() === null" [style.width.%]="percent() ?? 30"></div>
    </div>
    @if (text(); as words) {
      <p class="text">{{ words }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    .track {
      height: 4px;
      border-radius: 2px;
      overflow: hidden;
      background: var(--surface-hover);
    }
    .bar {
      height: 100%;
      border-radius: 2px;
      background: var(--accent);
      transition: width var(--motion);
    }
    .unknown {
      animation: slide 1.4s ease-in-out infinite;
    }
    .text {
      margin-top: var(--s1);
      font-size: var(--text-12);
      line-height: 16px;
      color: var(--text-faint);
      font-variant-numeric: tabular-nums;
    }
    @keyframes slide {
      from {
        translate: -100%;
      }
      to {
        translate: 340%;
      }
    }
  `,
})
export class Progress {
  readonly label = input.required<string>();
  /** 0 to 1, or nothing while it is not known. */
  readonly value = input<number | null>();
  readonly etaSeconds = input<number | null>();
  /** What has been done so far, in words: "420 of 1,300 files". */
  readonly done = input('');

  protected readonly percent = computed(() => {
    const value = this.value();
    return value === null || value === undefined ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  });

  protected readonly text = computed(() => {
    const eta = this.etaSeconds();
    const left = eta === null || eta === undefined ? '' : `about ${duration(eta)} left`;
    return [this.done(), left].filter(Boolean).join(', ');
  });
}

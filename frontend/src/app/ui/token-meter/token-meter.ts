import { Component, computed, input } from '@angular/core';

const number = new Intl.NumberFormat('en');

/** How much of the prompt's budget is taken, as a bar and in words. */
@Component({
  selector: 'app-token-meter',
  template: `
    <div
      class="track"
      role="meter"
      [attr.aria-label]="label()"
      aria-valuemin="0"
      [attr.aria-valuemax]="budget()"
      [attr.aria-valuenow]="used()"
      [attr.aria-valuetext]="text()"
    >
      <div class="bar" [attr.data-level]="level()" [style.width.%]="share() * 100"></div>
    </div>
    <p class="text">{{ text() }}</p>
  `,
  styles: `
    :host {
      display: block;
    }
    .track {
      height: 6px;
      border-radius: 3px;
      overflow: hidden;
      background: var(--surface-hover);
    }
    .bar {
      height: 100%;
      background: var(--good);
      transition: width var(--motion);
    }
    .bar[data-level='tight'] {
      background: var(--warning);
    }
    .bar[data-level='full'] {
      background: var(--danger);
    }
    .text {
      margin-top: var(--s1);
      font-size: var(--text-12);
      line-height: 16px;
      color: var(--text-faint);
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class TokenMeter {
  readonly label = input('Tokens in the next prompt');
  readonly used = input.required<number>();
  readonly budget = input.required<number>();

  protected readonly share = computed(() => (this.budget() > 0 ? Math.min(1, this.used() / this.budget()) : 0));
  protected readonly level = computed(() => (this.share() >= 0.95 ? 'full' : this.share() >= 0.75 ? 'tight' : 'free'));
  protected readonly text = computed(() => `${number.format(this.used())} of ${number.format(this.budget())} tokens`);
}

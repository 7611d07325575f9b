import { Component, computed, input } from '@angular/core';
import type { Context } from '@yudai/sdk';
import { Icon } from '../../../../ui/icon/icon';
import { sharesOf } from './shares';

const number = new Intl.NumberFormat('en');

/** How full the next prompt is, by what it is full of; what is wrong with it, in words. */
@Component({
  selector: 'app-context-meter',
  imports: [Icon],
  template: `
    <div
      class="track"
      role="meter"
      aria-label="Tokens in the next prompt"
      aria-valuemin="0"
      [attr.aria-valuemax]="context().budget"
      [attr.aria-valuenow]="context().used"
      [attr.aria-valuetext]="words()"
    >
      @for (share of shares(); track share.kind) {
        <div class="share" [attr.data-kind]="share.kind" [style.flex-grow]="share.tokens" [title]="share.words"></div>
      }
    </div>
    <p class="text">{{ words() }}</p>
    <ul class="legend" aria-label="What takes the tokens">
      @for (share of shares(); track share.kind) {
        <li>
          <span class="swatch" [attr.data-kind]="share.kind" aria-hidden="true"></span>
          {{ share.words }}
        </li>
      }
    </ul>
    @if (context().refusal; as refusal) {
      <p class="note danger" role="alert"><app-icon name="warning" /> {{ refusal }}</p>
    }
    @if (condensing(); as note) {
      <p class="note" role="status">{{ note }}</p>
    }
  `,
  styleUrl: './context-meter.css',
})
export class ContextMeter {
  readonly context = input.required<Context>();

  protected readonly shares = computed(() =>
    sharesOf(this.context()).map((share) => ({ ...share, words: `${share.label} ${number.format(share.tokens)}` })),
  );
  protected readonly words = computed(() => {
    const { used, budget } = this.context();
    return `${number.format(used)} of ${number.format(budget)} tokens`;
  });
  protected readonly condensing = computed(() => {
    const { condensing } = this.context();
    if (!condensing) return undefined;
    if (condensing.state === 'waiting')
      return 'Older messages are being condensed. What has no room meanwhile is left out.';
    return `Older messages could not be condensed: ${condensing.reason ?? 'the reason is not known.'}`;
  });
}

import { Component, computed, inject, input } from '@angular/core';
import { Clock } from './clock';
import { absoluteTime, relativeTime } from './relative';

/** A time as people say it, with the exact one on hover. */
@Component({
  selector: 'app-relative-time',
  template: `<time [attr.datetime]="at()" [title]="absolute()">{{ relative() }}</time>`,
  styles: `
    :host {
      white-space: nowrap;
    }
  `,
})
export class RelativeTime {
  /** ISO 8601. */
  readonly at = input.required<string>();

  private readonly clock = inject(Clock);
  private readonly then = computed(() => Date.parse(this.at()));
  protected readonly relative = computed(() => relativeTime(this.then(), this.clock.now()));
  protected readonly absolute = computed(() => absoluteTime(this.then()));
}

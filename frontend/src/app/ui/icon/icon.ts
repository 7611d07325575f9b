import { Component, computed, input } from '@angular/core';
import { type IconName, icons } from './icons';

/** An inline outline icon. It says nothing to a screen reader: the control around it carries the name. */
@Component({
  selector: 'app-icon',
  template: `<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path [attr.d]="path()" /></svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      width: 16px;
      height: 16px;
    }
    svg {
      width: 100%;
      height: 100%;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.5;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => icons[this.name()]);
}

import { Component, input } from '@angular/core';
import { Icon } from '../icon/icon';
import type { StateView } from './states';

/** A state as a word with a shape and a colour. */
@Component({
  selector: 'app-status-chip',
  imports: [Icon],
  template: `<app-icon [name]="state().icon" [class.turning]="state().busy" /><span>{{
      label() || state().label
    }}</span>`,
  host: { '[attr.data-tone]': 'state().tone' },
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      height: 20px;
      padding: 0 6px 0 4px;
      border-radius: 4px;
      font-size: var(--text-12);
      font-weight: 500;
      line-height: 20px;
      white-space: nowrap;
      color: var(--text-muted);
      background: var(--surface-hover);
    }
    :host([data-tone='info']) {
      color: var(--info);
      background: var(--info-soft);
    }
    :host([data-tone='good']) {
      color: var(--good);
      background: var(--good-soft);
    }
    :host([data-tone='warning']) {
      color: var(--warning);
      background: var(--warning-soft);
    }
    :host([data-tone='danger']) {
      color: var(--danger);
      background: var(--danger-soft);
    }
    app-icon {
      width: 12px;
      height: 12px;
    }
    .turning {
      animation: turn 1.1s linear infinite;
    }
    @keyframes turn {
      to {
        rotate: 1turn;
      }
    }
  `,
})
export class StatusChip {
  readonly state = input.required<StateView>();
  /** Other words for the same state, where the place needs them. */
  readonly label = input('');
}

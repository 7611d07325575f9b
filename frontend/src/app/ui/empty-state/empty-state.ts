import { Component, input } from '@angular/core';
import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icons';

/** What an empty place is for; the one action that fills it is projected. */
@Component({
  selector: 'app-empty-state',
  imports: [Icon],
  template: `
    <app-icon [name]="icon()" />
    <p class="title">{{ title() }}</p>
    <p class="text"><ng-content /></p>
    <div class="action"><ng-content select="[action]" /></div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: var(--s1);
      padding: var(--s12) var(--s6);
      text-align: center;
    }
    app-icon {
      width: 24px;
      height: 24px;
      margin-bottom: var(--s2);
      color: var(--text-faint);
    }
    .title {
      font-size: var(--text-14);
      font-weight: 600;
    }
    .text {
      max-width: 46ch;
      font-size: var(--text-13);
      color: var(--text-muted);
    }
    .action:not(:empty) {
      margin-top: var(--s3);
    }
  `,
})
export class EmptyState {
  readonly icon = input.required<IconName>();
  readonly title = input.required<string>();
}

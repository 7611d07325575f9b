import { Component, input } from '@angular/core';

/** The upper edge of a page: its name and its actions. */
@Component({
  selector: 'app-page-header',
  template: `
    <h1 class="truncate">{{ heading() }}</h1>
    <ng-content />
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--s2);
      flex: none;
      min-height: var(--header);
      padding: 0 var(--s4);
      border-bottom: 1px solid var(--border);
      background: var(--surface);
    }
    h1 {
      flex: 1;
      font-size: var(--text-16);
      line-height: 24px;
    }
  `,
})
export class PageHeader {
  readonly heading = input.required<string>();
}

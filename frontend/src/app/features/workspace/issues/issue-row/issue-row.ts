import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Issue } from '@yudai/sdk';
import { RelativeTime } from '../../../../ui/relative-time/relative-time';
import { issueState } from '../../../../ui/status-chip/states';
import { StatusChip } from '../../../../ui/status-chip/status-chip';

/** One issue in a list. */
@Component({
  selector: 'app-issue-row',
  imports: [RouterLink, RelativeTime, StatusChip],
  template: `
    <a data-row [routerLink]="['/s', issue().sessionId, 'issues', issue().id]">
      <span class="title">{{ title() }}</span>
      <span class="facts">
        <app-status-chip [state]="state()" />
        @if (issue().githubNumber; as number) {
          <span class="mono">#{{ number }}</span>
        }
        <app-relative-time [at]="issue().updatedAt" />
      </span>
    </a>
  `,
  styles: `
    a {
      display: block;
      padding: 10px var(--s4);
      color: inherit;
    }
    a:hover {
      background: var(--surface-hover);
      text-decoration: none;
    }
    a:focus-visible {
      outline-offset: -2px;
    }
    .title {
      display: block;
      margin-bottom: var(--s1);
      font-size: var(--text-13);
      font-weight: 500;
      overflow-wrap: anywhere;
    }
    .facts {
      display: flex;
      align-items: center;
      gap: var(--s2);
      font-size: var(--text-12);
      color: var(--text-faint);
    }
  `,
})
export class IssueRow {
  readonly issue = input.required<Issue>();
  protected readonly title = computed(() => this.issue().title || 'A draft without a title yet');
  protected readonly state = computed(() => issueState(this.issue().status));
}

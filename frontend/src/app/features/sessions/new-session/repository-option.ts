import { Component, input } from '@angular/core';
import type { Repository } from '@yudai/sdk';
import { Icon } from '../../../ui/icon/icon';
import { RelativeTime } from '../../../ui/relative-time/relative-time';

/** A repository as one row: its name, what it is, and what marks it out. */
@Component({
  selector: 'app-repository-option',
  imports: [Icon, RelativeTime],
  template: `
    <div class="name">
      <app-icon [name]="repository().private ? 'lock' : 'repository'" />
      <span class="truncate">{{ repository().fullName }}</span>
      @if (repository().private) {
        <span class="mark">private</span>
      }
      @if (repository().archived) {
        <span class="mark">archived</span>
      }
      @if (!repository().canWrite) {
        <span class="mark" title="You may read it, but not write issues or branches">read only</span>
      }
    </div>
    <div class="facts">
      <span class="truncate">{{ repository().description }}</span>
      @if (repository().language; as language) {
        <span>{{ language }}</span>
      }
      @if (repository().pushedAt; as at) {
        <app-relative-time [at]="at" />
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    .name,
    .facts {
      display: flex;
      align-items: center;
      gap: var(--s2);
      min-width: 0;
    }
    .name {
      font-size: var(--text-13);
      font-weight: 500;
    }
    .name app-icon {
      width: 14px;
      height: 14px;
      color: var(--text-faint);
    }
    .facts {
      gap: var(--s3);
      min-height: 16px;
      padding-left: 22px;
      font-size: var(--text-12);
      line-height: 16px;
      color: var(--text-faint);
    }
    .facts > :not(:first-child) {
      flex: none;
    }
    .mark {
      flex: none;
      padding: 0 5px;
      border: 1px solid var(--border-strong);
      border-radius: 4px;
      font-size: 11px;
      font-weight: 400;
      line-height: 15px;
      color: var(--text-muted);
    }
  `,
})
export class RepositoryOption {
  readonly repository = input.required<Repository>();
}

import { Component, effect, inject, input, output, untracked } from '@angular/core';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { ListKeys } from '../../../../ui/list-keys/list-keys';
import { ReachEnd } from '../../../../ui/reach-end/reach-end';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { RevisionItem } from './revision-item';
import { RevisionsStore } from './revisions.store';

/** Every text an issue has had; nothing that was written is lost. */
@Component({
  selector: 'app-revision-list',
  imports: [EmptyState, ErrorState, ListKeys, ReachEnd, RevisionItem, Skeleton],
  providers: [RevisionsStore],
  template: `
    @if (revisions.problem(); as problem) {
      <app-error-state [problem]="problem" (retry)="revisions.reload()" />
    }
    @if (revisions.items().length) {
      <ul class="list" appListKeys aria-label="Revisions, newest first">
        @for (revision of revisions.items(); track revision.n) {
          <li>
            <app-revision-item
              [revision]="revision"
              [current]="revision.n === current()"
              [mine]="revision.authorId === me()"
              [restorable]="restorable()"
              (restore)="restore.emit(revision.n)"
            />
          </li>
        }
      </ul>
      @if (revisions.hasMore()) {
        <div appReachEnd (appReachEnd)="revisions.more()"><app-skeleton [rows]="2" [rowHeight]="56" /></div>
      }
    } @else if (revisions.firstLoad()) {
      <app-skeleton class="list" [rows]="4" [rowHeight]="56" />
    } @else if (revisions.isEmpty()) {
      <app-empty-state icon="clock" title="No revisions yet">
        Every edit is kept here, so that you can go back to it.
      </app-empty-state>
    }
  `,
  styles: `
    :host {
      display: block;
      width: min(860px, 100%);
      margin: 0 auto;
      padding: var(--s4);
    }
    .list {
      border: 1px solid var(--border);
      border-radius: var(--radius);
      background: var(--surface);
    }
    li + li {
      border-top: 1px solid var(--border);
    }
  `,
})
export class RevisionList {
  readonly issueId = input.required<string>();
  /** The newest revision: when it changes there is another one to show. */
  readonly current = input.required<number>();
  /** Who looks. */
  readonly me = input<string>();
  readonly restorable = input(false);
  readonly restore = output<number>();

  protected readonly revisions = inject(RevisionsStore);

  constructor() {
    effect(() => {
      const issueId = this.issueId();
      this.current();
      untracked(() => this.revisions.show(issueId));
    });
  }
}

import { Component, effect, inject, input, untracked } from '@angular/core';
import { Store } from '@ngrx/store';
import { solvesPageActions } from '../../../../state/solves/solves-page.actions';
import { solvesFeature } from '../../../../state/solves/solves.feature';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { ListKeys } from '../../../../ui/list-keys/list-keys';
import { ReachEnd } from '../../../../ui/reach-end/reach-end';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { SolveRow } from '../solve-row/solve-row';

/** The session's solves, newest first. */
@Component({
  selector: 'app-solves-tab',
  imports: [EmptyState, ErrorState, ListKeys, ReachEnd, Skeleton, SolveRow],
  template: `
    <div class="scroll">
      @if (view().problem; as problem) {
        <app-error-state class="pad" [problem]="problem" (retry)="load()" />
      }
      @if (view().solves.length) {
        <ul appListKeys aria-label="Solves">
          @for (solve of view().solves; track solve.id) {
            <li><app-solve-row [solve]="solve" /></li>
          }
        </ul>
        @if (view().hasMore) {
          <div appReachEnd (appReachEnd)="more()"><app-skeleton [rows]="2" [rowHeight]="56" /></div>
        }
      } @else if (view().loading) {
        <app-skeleton [rows]="4" [rowHeight]="56" [leading]="true" />
      } @else if (!view().problem) {
        <app-empty-state icon="terminal" title="No solves yet">
          Open an issue of this session and have it solved: an agent works on a copy of the branch and shows every step,
          the tests and the diff.
        </app-empty-state>
      }
    </div>
  `,
  styleUrl: '../../panel/list-tab.css',
})
export class SolvesTab {
  readonly sessionId = input.required<string>();

  private readonly store = inject(Store);
  protected readonly view = this.store.selectSignal(solvesFeature.selectListView);

  constructor() {
    effect(() => {
      this.sessionId();
      untracked(() => this.load());
    });
  }

  protected load(): void {
    this.store.dispatch(solvesPageActions.listAsked({ sessionId: this.sessionId() }));
  }

  protected more(): void {
    if (this.view().hasMore && !this.view().loadingMore)
      this.store.dispatch(solvesPageActions.moreAsked({ sessionId: this.sessionId() }));
  }
}

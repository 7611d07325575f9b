import { Component, effect, inject, input, untracked } from '@angular/core';
import { DiffView } from '../../../../ui/diff-view/diff-view';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { DiffStore } from './diff.store';

/** The change a solve has made. */
@Component({
  selector: 'app-diff-tab',
  imports: [DiffView, EmptyState, ErrorState, Skeleton],
  providers: [DiffStore],
  template: `
    @if (store.problem(); as problem) {
      <app-error-state [problem]="problem" (retry)="store.load(solveId())" />
    }
    @if (store.diff()?.patch; as patch) {
      <app-diff-view [patch]="patch" [attr.aria-busy]="store.loading()" />
    } @else if (store.loading()) {
      <app-skeleton [rows]="10" [rowHeight]="24" />
    } @else if (!store.problem()) {
      <app-empty-state icon="diff" [title]="live() ? 'No change yet' : 'Nothing was changed'">
        {{
          live()
            ? 'The change is read from the work tree when the agent is done.'
            : 'The agent left every file as it was.'
        }}
      </app-empty-state>
    }
  `,
  styles: `
    :host {
      display: block;
      padding: var(--s3) var(--s4) var(--s6);
    }
  `,
})
export class DiffTab {
  readonly solveId = input.required<string>();
  /** Changes whenever another diff is to be had. */
  readonly version = input.required<string>();
  readonly live = input(false);

  protected readonly store = inject(DiffStore);

  constructor() {
    effect(() => {
      const solveId = this.solveId();
      this.version();
      untracked(() => this.store.load(solveId));
    });
  }
}

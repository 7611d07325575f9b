import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { Store } from '@ngrx/store';
import type { Session } from '@yudai/sdk';
import { sessionsFeature } from '../../../../state/sessions/sessions.feature';
import { workspacePageActions } from '../../../../state/sessions/workspace-page.actions';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { FileTree } from '../../../../ui/file-tree/file-tree';
import { Icon } from '../../../../ui/icon/icon';
import { SearchField } from '../../../../ui/search-field/search-field';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { fileParams } from '../file-link';
import { FilesStore } from '../files.store';
import { IndexSummary } from '../index-summary/index-summary';

/** All files of the branch as the index knows them, with the reason for each one it left out. */
@Component({
  selector: 'app-files-tab',
  imports: [MatButton, EmptyState, ErrorState, FileTree, Icon, IndexSummary, SearchField, Skeleton],
  providers: [FilesStore],
  templateUrl: './files-tab.html',
  styleUrl: './files-tab.css',
})
export class FilesTab {
  readonly sessionId = input.required<string>();
  readonly session = input.required<Session | undefined>();

  private readonly store = inject(Store);
  private readonly router = inject(Router);
  protected readonly files = inject(FilesStore);
  protected readonly mayEdit = this.store.selectSignal(sessionsFeature.selectMayEdit);
  protected readonly query = signal('');
  protected readonly skippedOnly = signal(false);
  protected readonly index = computed(() => this.session()?.index);
  private readonly commit = computed(() => this.index()?.commit);

  protected readonly tree = computed(() =>
    this.files.items().map(({ path, tokens, status, skipReason }) => ({
      path,
      tokens,
      skipped: skipReason ?? (status === 'skipped' ? 'left out' : undefined),
    })),
  );

  constructor() {
    this.files.show(
      computed(() => ({
        sessionId: this.sessionId(),
        query: this.query(),
        skipped: this.skippedOnly(),
        commit: this.commit(),
      })),
    );
    // A tree of half the files would mislead: the rest is fetched page by page.
    effect(() => {
      if (this.files.hasMore() && this.files.status() === 'loaded') untracked(() => this.files.more());
    });
  }

  protected open(path: string): void {
    const queryParams = { ...fileParams(path), tab: 'files' };
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }

  protected reindex(): void {
    this.store.dispatch(workspacePageActions.reindexAsked({ sessionId: this.sessionId() }));
  }
}

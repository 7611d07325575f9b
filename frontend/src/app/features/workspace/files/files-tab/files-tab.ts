import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import type { Session } from '@yudai/sdk';
import { sessionsFeature } from '../../../../state/sessions/sessions.feature';
import { workspacePageActions } from '../../../../state/sessions/workspace-page.actions';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { FileTree } from '../../../../ui/file-tree/file-tree';
import { MissedPart } from '../../../../ui/missed-part/missed-part';
import { SearchField } from '../../../../ui/search-field/search-field';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { CodeSearch } from '../code-search/code-search';
import { fileParams } from '../file-link';
import { FilesStore } from '../files.store';
import { IndexSummary } from '../index-summary/index-summary';

/** All files of the branch as the index knows them, with the reason for each one it left out, and a search of their code. */
@Component({
  selector: 'app-files-tab',
  imports: [
    MatButton,
    RouterLink,
    CodeSearch,
    EmptyState,
    ErrorState,
    FileTree,
    IndexSummary,
    MissedPart,
    SearchField,
    Skeleton,
  ],
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
  private readonly params = toSignal(inject(ActivatedRoute).queryParamMap);
  /** From the address: what the code is searched for. Empty is a search that has only been opened. */
  protected readonly find = computed(() => this.params()?.get('find')?.trim() ?? '');
  protected readonly finding = computed(() => this.params()?.has('find') ?? false);
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

  protected look(at: 'names' | 'code'): void {
    this.search(at === 'code' ? this.query() : null);
  }

  protected search(find: string | null): void {
    void this.router.navigate([], { queryParams: { find }, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected reindex(): void {
    this.store.dispatch(workspacePageActions.reindexAsked({ sessionId: this.sessionId() }));
  }
}

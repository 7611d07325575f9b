import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import type { Session } from '@yudai/sdk';
import { sessionsPageActions } from '../../../state/sessions/sessions-page.actions';
import { sessionsFeature } from '../../../state/sessions/sessions.feature';
import { Confirm } from '../../../ui/confirm/confirm';
import { EmptyState } from '../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { ListKeys } from '../../../ui/list-keys/list-keys';
import { PageHeader } from '../../../ui/page-header/page-header';
import { ReachEnd } from '../../../ui/reach-end/reach-end';
import { SearchField } from '../../../ui/search-field/search-field';
import { useShortcuts } from '../../../ui/shortcuts/shortcuts';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { deleteQuestion } from '../../../state/sessions/delete-question';
import { ImportSession } from '../import-session';
import { RenameSession } from '../rename-session';
import { SessionRow } from '../session-row/session-row';

/** All of a person's sessions. What is searched for stands in the address. */
@Component({
  selector: 'app-session-list',
  imports: [
    MatButton,
    RouterLink,
    EmptyState,
    ErrorState,
    Icon,
    ListKeys,
    PageHeader,
    ReachEnd,
    SearchField,
    SessionRow,
    Skeleton,
  ],
  templateUrl: './session-list.html',
  styleUrl: './session-list.css',
})
export class SessionList {
  /** From the address: words to search for, the archived ones, one repository. */
  readonly q = input<string>();
  readonly archived = input<string>();
  readonly repo = input<string>();

  private readonly store = inject(Store);
  private readonly router = inject(Router);
  private readonly confirm = inject(Confirm);
  private readonly renaming = inject(RenameSession);
  protected readonly importing = inject(ImportSession);

  protected readonly view = this.store.selectSignal(sessionsFeature.selectListView);
  protected readonly showsArchived = computed(() => this.archived() === '1');
  protected readonly repositories = computed(() => {
    const names = this.view().sessions.map(({ owner, repo }) => `${owner}/${repo}`);
    return [...new Set([...names, ...(this.repo() ? [this.repo() ?? ''] : [])])].sort();
  });
  protected readonly sessions = computed(() => {
    const repo = this.repo();
    return this.view().sessions.filter((session) => !repo || `${session.owner}/${session.repo}` === repo);
  });

  constructor() {
    this.store.dispatch(() =>
      sessionsPageActions.listAsked({ filter: { query: this.q() ?? '', archived: this.showsArchived() } }),
    );
    useShortcuts([
      { keys: 'c', label: 'New session', group: 'Sessions', run: () => void this.router.navigate(['/new']) },
    ]);
  }

  /** Puts the filter into the address, from where it comes back as inputs. */
  protected show(params: { q?: string | null; archived?: string | null; repo?: string | null }): void {
    void this.router.navigate([], { queryParams: params, queryParamsHandling: 'merge', replaceUrl: 'q' in params });
  }

  protected reload(): void {
    this.store.dispatch(
      sessionsPageActions.listAsked({ filter: { query: this.q() ?? '', archived: this.showsArchived() } }),
    );
  }

  protected more(): void {
    if (this.view().hasMore && !this.view().loadingMore) this.store.dispatch(sessionsPageActions.moreAsked());
  }

  protected async rename(session: Session): Promise<void> {
    const title = await this.renaming.ask(session.title);
    if (title) this.store.dispatch(sessionsPageActions.renameAsked({ session, title }));
  }

  protected archive(session: Session): void {
    this.store.dispatch(sessionsPageActions.archiveAsked({ session, archived: !session.archived }));
  }

  protected async remove(session: Session): Promise<void> {
    const sure = await this.confirm.ask(deleteQuestion(session));
    if (sure) this.store.dispatch(sessionsPageActions.deleteConfirmed({ session }));
  }
}

import { Component, computed, inject, input, output, viewChild } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import type { Session } from '@yudai/sdk';
import { ENDING_REASON, endingMark } from '../../../state/sessions/ending';
import { workspacePageActions } from '../../../state/sessions/workspace-page.actions';
import { Confirm } from '../../../ui/confirm/confirm';
import { Icon } from '../../../ui/icon/icon';
import { Clock } from '../../../ui/relative-time/clock';
import { indexState } from '../../../ui/status-chip/states';
import { StatusChip } from '../../../ui/status-chip/status-chip';
import { deleteQuestion } from '../../../state/sessions/delete-question';
import { Share } from '../share/share';
import { IndexLine } from './index-line';
import { SessionTitle } from './session-title';

/** What the session is about, how far its index is, and what can be done with all of it. */
@Component({
  selector: 'app-workspace-header',
  imports: [MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink, Icon, StatusChip, IndexLine, SessionTitle],
  templateUrl: './workspace-header.html',
  styleUrl: './workspace-header.css',
})
export class WorkspaceHeader {
  readonly session = input.required<Session | undefined>();
  readonly panelOpen = input(false);
  readonly togglePanel = output();

  private readonly store = inject(Store);
  private readonly confirm = inject(Confirm);
  private readonly sharing = inject(Share);
  private readonly title = viewChild(SessionTitle);
  private readonly clock = inject(Clock);

  protected readonly ending = computed(() => {
    const session = this.session();
    return session && endingMark(session, this.clock.now());
  });
  protected readonly endingReason = ENDING_REASON;
  protected readonly isOwner = computed(() => this.session()?.role === 'owner');
  protected readonly mayEdit = computed(() => this.session()?.role !== 'viewer');
  protected readonly index = computed(() => this.session()?.index);
  protected readonly indexing = computed(() => ['queued', 'running'].includes(this.index()?.status ?? ''));
  protected readonly indexView = computed(() => indexState(this.index()?.status ?? ''));
  /** The commit that answers rest on; a newer one may be on its way. */
  protected readonly commit = computed(() => this.index()?.commit ?? undefined);
  protected readonly behind = computed(() => {
    const behind = this.index()?.behind ?? 0;
    return behind > 0 ? `${behind} ${behind === 1 ? 'commit' : 'commits'} behind` : '';
  });

  protected rename(session: Session, title: string): void {
    this.store.dispatch(workspacePageActions.renameAsked({ session, title }));
  }

  protected editTitle(): void {
    this.title()?.edit();
  }

  protected share(session: Session): void {
    void this.sharing.open(session);
  }

  protected exportUrl(session: Session, format: 'md' | 'json'): string {
    return `/api/sessions/${session.id}/export?format=${format}`;
  }

  protected reindex(session: Session): void {
    this.store.dispatch(workspacePageActions.reindexAsked({ sessionId: session.id }));
  }

  protected archive(session: Session): void {
    this.store.dispatch(workspacePageActions.archiveAsked({ session, archived: !session.archived }));
  }

  protected async remove(session: Session): Promise<void> {
    if (await this.confirm.ask(deleteQuestion(session)))
      this.store.dispatch(workspacePageActions.deleteConfirmed({ session }));
  }
}

import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { Actions, ofType } from '@ngrx/effects';
import { Store } from '@ngrx/store';
import { authFeature } from '../../../../core/auth/auth.feature';
import { liveActions } from '../../../../core/live/live.actions';
import { useTitle } from '../../../../core/title/use-title';
import { issuesPageActions } from '../../../../state/issues/issues-page.actions';
import { issuesFeature } from '../../../../state/issues/issues.feature';
import { sessionsFeature } from '../../../../state/sessions/sessions.feature';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { useShortcuts } from '../../../../ui/shortcuts/shortcuts';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { type Tab, Tabs } from '../../../../ui/tabs/tabs';
import { ConflictNote } from '../conflict-note/conflict-note';
import { DraftEditor } from '../draft-editor/draft-editor';
import { DraftStore } from '../draft-editor/draft.store';
import { partsInWords } from '../draft-editor/words';
import { IssueActs } from '../issue-acts';
import { IssueNote } from '../issue-note/issue-note';
import { PreviewTab } from '../sent-preview/preview-tab';
import { RevisionList } from '../revisions/revision-list';
import { IssueBar } from './issue-bar';

const views = ['write', 'preview', 'revisions'] as const;
type View = (typeof views)[number];

/** One issue: written and rewritten as a draft, looked at as GitHub will get it, published, solved. */
@Component({
  selector: 'app-issue-page',
  imports: [
    MatButton,
    RouterLink,
    ConflictNote,
    DraftEditor,
    ErrorState,
    IssueBar,
    IssueNote,
    PreviewTab,
    RevisionList,
    Skeleton,
    Tabs,
  ],
  providers: [DraftStore],
  templateUrl: './issue-page.html',
  styleUrl: './issue-page.css',
  host: { '(window:beforeunload)': 'hold($event)' },
})
export class IssuePage {
  readonly issueId = input.required<string>();
  /** From the address: which side of the issue is shown. */
  readonly view = input<string>();

  private readonly store = inject(Store);
  private readonly router = inject(Router);
  protected readonly acts = inject(IssueActs);
  protected readonly draft = inject(DraftStore);
  protected readonly session = this.store.selectSignal(sessionsFeature.selectOpen);
  protected readonly mayEdit = this.store.selectSignal(sessionsFeature.selectMayEdit);
  protected readonly me = this.store.selectSignal(authFeature.selectMe);
  private readonly problems = this.store.selectSignal(issuesFeature.selectProblems);
  private readonly busyIssues = this.store.selectSignal(issuesFeature.selectBusy);

  protected readonly issue = computed(() => this.draft.issue());
  protected readonly problem = computed(() => (this.issue() ? undefined : this.problems()[this.issueId()]));
  protected readonly busy = computed(() => this.busyIssues().includes(this.issueId()));
  protected readonly repository = computed(() => {
    const session = this.session();
    return session ? `${session.owner}/${session.repo}` : '';
  });
  protected readonly editable = computed(() => {
    const status = this.issue()?.status;
    return this.mayEdit() && !this.busy() && (status === 'draft' || status === 'failed');
  });
  protected readonly tabs = computed<readonly Tab[]>(() => [
    ...(this.editable() ? [{ id: 'write', label: 'Write' }] : []),
    { id: 'preview', label: 'As on GitHub' },
    { id: 'revisions', label: 'Revisions' },
  ]);
  protected readonly shown = computed<View>(() => {
    const asked = views.find((view) => view === this.view());
    return asked && this.tabs().some(({ id }) => id === asked) ? asked : this.editable() ? 'write' : 'preview';
  });
  protected readonly parts = computed(() => partsInWords(this.draft.changes()));

  constructor() {
    this.draft.open(this.issueId);
    effect(() => {
      this.issueId();
      untracked(() => this.load());
    });
    inject(Actions)
      .pipe(ofType(liveActions.reconnected), takeUntilDestroyed())
      .subscribe(() => this.load());
    useTitle(() => this.issue()?.title || undefined);
    useShortcuts([
      { keys: 'mod+s', label: 'Save the draft now', group: 'Issue', run: () => this.draft.save() },
      { keys: 'e', label: 'Write', group: 'Issue', run: () => this.show('write') },
      { keys: 'v', label: 'See it as on GitHub', group: 'Issue', run: () => this.show('preview') },
    ]);
  }

  protected load(): void {
    this.store.dispatch(issuesPageActions.opened({ issueId: this.issueId() }));
  }

  protected show(view: string): void {
    const queryParams = { view: view === 'write' ? null : view };
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }

  protected restore(revision: number): void {
    this.acts.restore(this.issueId(), revision);
  }

  /** The browser asks before a page with unsaved words is closed. */
  protected hold(event: Event): void {
    this.draft.save();
    if (this.draft.saveState() !== 'saved') event.preventDefault();
  }
}

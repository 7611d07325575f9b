import { Component, DestroyRef, computed, inject, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { Store } from '@ngrx/store';
import { filter, map, startWith } from 'rxjs';
import { Viewport } from '../../../core/viewport/viewport';
import { sessionsFeature } from '../../../state/sessions/sessions.feature';
import { workspacePageActions } from '../../../state/sessions/workspace-page.actions';
import { Palette } from '../../../ui/command-palette/palette';
import { ErrorState } from '../../../ui/error-state/error-state';
import { useShortcuts } from '../../../ui/shortcuts/shortcuts';
import { SidePanel } from '../../../ui/side-panel/side-panel';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { Tabs } from '../../../ui/tabs/tabs';
import { CardsStore } from '../context/cards.store';
import { PromptStore } from '../context/prompt.store';
import { WorkspaceHeader } from '../header/workspace-header';
import { closedPanel, isPanelView, parseLines } from '../panel/views';
import { WorkspacePanel } from '../panel/workspace-panel';
import { workspaceTabs } from '../panel/workspace-tabs';

/** Everything about one session: a conversation, a draft or a solve in the middle, and what belongs to it at the side. */
@Component({
  selector: 'app-workspace-page',
  imports: [
    MatButton,
    RouterLink,
    RouterOutlet,
    ErrorState,
    SidePanel,
    Skeleton,
    Tabs,
    WorkspaceHeader,
    WorkspacePanel,
  ],
  providers: [CardsStore, PromptStore],
  templateUrl: './workspace-page.html',
  styleUrl: './workspace-page.css',
  host: { '(keydown.escape)': 'escape($event)' },
})
export class WorkspacePage {
  readonly sessionId = input.required<string>();
  /** From the address: the panel's view, and the file it shows with its lines and commit. */
  readonly tab = input<string>();
  readonly file = input<string>();
  readonly lines = input<string>();
  readonly commit = input<string>();

  private readonly store = inject(Store);
  private readonly router = inject(Router);
  protected readonly narrow = inject(Viewport).narrow;
  protected readonly session = this.store.selectSignal(sessionsFeature.selectOpen);
  protected readonly problem = this.store.selectSignal(sessionsFeature.selectOpenProblem);

  /** Drafts, solves and evaluations want the whole width; beside the conversation the panel is open unless it was closed. */
  private readonly inConversation = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      startWith(null),
      map(() => !/^\/s\/[^/?#]+\/(issues|solves|evaluations)\b/.test(this.router.url)),
    ),
    { initialValue: true },
  );
  protected readonly view = computed(() => {
    const tab = this.tab();
    if (isPanelView(tab)) return tab;
    if (this.file()) return 'files';
    return this.narrow() || tab === closedPanel || !this.inConversation() ? undefined : 'context';
  });
  protected readonly selected = computed(() => this.view() ?? (this.inConversation() ? 'chat' : ''));
  protected readonly marked = computed(() => parseLines(this.lines()));
  protected readonly tabs = computed(() => workspaceTabs(this.session(), true));

  constructor() {
    this.store.dispatch(() => workspacePageActions.opened({ sessionId: this.sessionId() }));
    inject(PromptStore).open(this.sessionId);
    inject(CardsStore).show(this.sessionId);
    inject(DestroyRef).onDestroy(() =>
      this.store.dispatch(workspacePageActions.closed({ sessionId: this.sessionId() })),
    );
    const forget = inject(Palette).add(async (query) => {
      const { findInSession } = await import('../find-in-session');
      return findInSession(query, this.sessionId(), this.router);
    });
    inject(DestroyRef).onDestroy(forget);
    useShortcuts([{ keys: '.', label: 'Show or hide the panel', group: 'Session', run: () => this.toggle() }]);
  }

  protected show(tab: string): void {
    const chat = tab === 'chat';
    const byItself = chat || (tab === closedPanel && this.narrow());
    const queryParams = { tab: byItself ? null : tab, file: null, lines: null, commit: null };
    void this.router.navigate(chat ? ['/s', this.sessionId()] : [], { queryParams, queryParamsHandling: 'merge' });
  }

  protected toggle(): void {
    if (this.view()) this.show(closedPanel);
    else this.show('context');
  }

  protected retry(): void {
    this.store.dispatch(workspacePageActions.retryAsked({ sessionId: this.sessionId() }));
  }

  /** Over the page, the panel goes away like any sheet. */
  protected escape(event: Event): void {
    if (!this.narrow() || !this.view() || event.defaultPrevented) return;
    this.show(closedPanel);
  }
}

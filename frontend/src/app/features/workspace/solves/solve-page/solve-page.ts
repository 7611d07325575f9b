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
import { solvesPageActions } from '../../../../state/solves/solves-page.actions';
import { isOpen, solvesFeature } from '../../../../state/solves/solves.feature';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { type Tab, Tabs } from '../../../../ui/tabs/tabs';
import { DiffTab } from '../diff-tab/diff-tab';
import { RunTab } from '../run/run-tab';
import { RunStore } from '../run/run.store';
import { SolveActs } from '../solve-acts';
import { TestsTab } from '../tests-tab/tests-tab';
import { TimelineTab } from '../timeline/timeline-tab';
import { TrajectoryTab } from '../trajectory-tab/trajectory-tab';
import { BudgetLine } from './budget-line';
import { SolveBar } from './solve-bar';

const views = ['run', 'diff', 'tests', 'timeline', 'trajectory'] as const;

/** One solve: the agent at work, and what came of it. */
@Component({
  selector: 'app-solve-page',
  imports: [
    MatButton,
    RouterLink,
    BudgetLine,
    DiffTab,
    ErrorState,
    RunTab,
    Skeleton,
    SolveBar,
    Tabs,
    TestsTab,
    TimelineTab,
    TrajectoryTab,
  ],
  providers: [RunStore],
  templateUrl: './solve-page.html',
  styleUrl: './solve-page.css',
})
export class SolvePage {
  readonly solveId = input.required<string>();
  /** From the address: which side of the solve is shown, and which of its steps. */
  readonly view = input<string>();
  readonly step = input<string>();

  private readonly store = inject(Store);
  private readonly router = inject(Router);
  protected readonly acts = inject(SolveActs);
  protected readonly run = inject(RunStore);
  protected readonly session = this.store.selectSignal(sessionsFeature.selectOpen);
  protected readonly mayEdit = this.store.selectSignal(sessionsFeature.selectMayEdit);
  protected readonly me = this.store.selectSignal(authFeature.selectMe);
  private readonly solves = this.store.selectSignal(solvesFeature.selectEntities);
  private readonly issues = this.store.selectSignal(issuesFeature.selectEntities);
  private readonly problems = this.store.selectSignal(solvesFeature.selectProblems);
  private readonly busySolves = this.store.selectSignal(solvesFeature.selectBusy);

  protected readonly solve = computed(() => this.solves()[this.solveId()]);
  protected readonly issue = computed(() => this.issues()[this.solve()?.issueId ?? '']);
  protected readonly problem = computed(() => (this.solve() ? undefined : this.problems()[this.solveId()]));
  protected readonly busy = computed(() => this.busySolves().includes(this.solveId()));
  protected readonly live = computed(() => {
    const solve = this.solve();
    return solve !== undefined && isOpen(solve);
  });
  protected readonly chosenStep = computed(() => Number(this.step()) || undefined);
  protected readonly shown = computed(() => views.find((view) => view === this.view()) ?? 'run');
  protected readonly tabs = computed<readonly Tab[]>(() => [
    { id: 'run', label: 'Run', count: this.run.steps().length },
    { id: 'diff', label: 'Diff', count: this.solve()?.diffStat.files },
    { id: 'tests', label: 'Tests' },
    { id: 'timeline', label: 'Timeline' },
    { id: 'trajectory', label: 'Trajectory' },
  ]);
  /** Another diff is to be had when one was stored, or when the solve has ended. */
  protected readonly diffVersion = computed(() => `${this.run.run().diffs} ${this.solve()?.status ?? ''}`);
  protected readonly trajectoryVersion = computed(() => `${this.run.steps().length} ${this.solve()?.status ?? ''}`);

  constructor() {
    this.run.open(this.solveId);
    effect(() => {
      this.solveId();
      untracked(() => this.load());
    });
    effect(() => {
      const issueId = this.solve()?.issueId;
      if (issueId && !untracked(this.issue)) this.store.dispatch(issuesPageActions.opened({ issueId }));
    });
    inject(Actions)
      .pipe(ofType(liveActions.reconnected), takeUntilDestroyed())
      .subscribe(() => this.load());
    useTitle(() => {
      const title = this.issue()?.title;
      return title && `Solve: ${title}`;
    });
  }

  protected load(): void {
    this.store.dispatch(solvesPageActions.opened({ solveId: this.solveId() }));
  }

  protected show(view: string): void {
    this.go({ view: view === 'run' ? null : view });
  }

  protected showStep(step: number | undefined): void {
    this.go({ view: null, step: step ?? null });
  }

  private go(queryParams: Record<string, string | number | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }
}

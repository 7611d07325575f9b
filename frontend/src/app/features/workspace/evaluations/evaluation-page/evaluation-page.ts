import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { useTitle } from '../../../../core/title/use-title';
import { sessionsFeature } from '../../../../state/sessions/sessions.feature';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { Icon } from '../../../../ui/icon/icon';
import { Progress } from '../../../../ui/progress/progress';
import { RelativeTime } from '../../../../ui/relative-time/relative-time';
import { absoluteTime } from '../../../../ui/relative-time/relative';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { evaluationState } from '../../../../ui/status-chip/states';
import { StatusChip } from '../../../../ui/status-chip/status-chip';
import { EvaluationsStore } from '../evaluations.store';
import { caveats, failure, fixes, standing } from '../evaluation-words';
import { FixList } from '../fix-list/fix-list';
import { type AskedWith, askedSo, askedWith } from '../over-time';
import { RecallCharts } from '../recall-charts/recall-charts';
import { ScoreTable } from '../score-table/score-table';

const labels: Record<AskedWith, string> = { issue: 'Issues', commit: 'Commits', all: 'All' };

/** How well the search finds the files of the branch's own merged fixes, measured at a click. */
@Component({
  selector: 'app-evaluation-page',
  imports: [
    MatButton,
    MatIconButton,
    RouterLink,
    EmptyState,
    ErrorState,
    FixList,
    Icon,
    Progress,
    RecallCharts,
    RelativeTime,
    ScoreTable,
    Skeleton,
    StatusChip,
  ],
  providers: [EvaluationsStore],
  templateUrl: './evaluation-page.html',
  styleUrl: './evaluation-page.css',
})
export class EvaluationPage {
  readonly sessionId = input.required<string>();
  /** From the address: which evaluation, and whose words are looked at. */
  readonly evaluation = input<string>();
  readonly words = input<string>();

  private readonly router = inject(Router);
  private readonly store = inject(Store);
  protected readonly evaluations = inject(EvaluationsStore);
  protected readonly mayEdit = this.store.selectSignal(sessionsFeature.selectMayEdit);
  private readonly session = this.store.selectSignal(sessionsFeature.selectOpen);

  protected readonly shown = this.evaluations.shown;
  protected readonly scores = computed(() => this.shown()?.scores ?? undefined);
  protected readonly state = computed(() => evaluationState(this.shown()?.status ?? ''));
  protected readonly open = computed(() => ['queued', 'running'].includes(this.shown()?.status ?? ''));
  protected readonly standing = computed(() => {
    const shown = this.shown();
    return shown ? standing(shown) : '';
  });
  protected readonly failure = computed(() => {
    const shown = this.shown();
    return shown?.status === 'failed' ? failure(shown) : undefined;
  });
  protected readonly caveats = computed(() => {
    const shown = this.shown();
    return shown ? caveats(shown) : [];
  });
  /** Why it cannot be started now; nothing when it can. */
  protected readonly obstacle = computed(() => {
    if (!this.mayEdit()) return 'Whoever may edit this session can measure it.';
    if (this.evaluations.underWay()) return 'A measurement is under way; the next can begin when it has ended.';
    return this.session()?.index.commit ? '' : 'The branch is being read: measure it when its index is ready.';
  });
  /** The earlier ones and this one, to choose from. */
  protected readonly runs = computed(() =>
    this.evaluations.items().map(({ id, createdAt, status, scores }) => ({
      id,
      label: `${absoluteTime(Date.parse(createdAt))}, ${scores?.all ? fixes(scores.all.cases) : evaluationState(status).label.toLowerCase()}`,
    })),
  );
  protected readonly counts = computed(() => {
    const all = this.evaluations.fixes() ?? [];
    return askedWith.map((words) => ({ words, label: labels[words], count: askedSo(all, words).length }));
  });
  /** Those of issues say most; where there are none, whatever there is. */
  protected readonly asked = computed<AskedWith>(() => {
    const counts = this.counts();
    const wanted = counts.find(({ words, count }) => words === this.words() && count > 0);
    return (wanted ?? counts.find(({ count }) => count > 0))?.words ?? 'all';
  });
  protected readonly fixes = computed(() => askedSo(this.evaluations.fixes() ?? [], this.asked()));

  constructor() {
    this.evaluations.show(this.sessionId);
    this.evaluations.choose(this.evaluation);
    useTitle(() => {
      const title = this.session()?.title;
      return title && `How well the search finds: ${title}`;
    });
    // The one that was just begun is the newest, which needs no name in the address.
    effect(() => {
      if (this.evaluation() !== undefined && this.evaluations.starting())
        untracked(() => this.go({ evaluation: null }));
    });
  }

  protected choose(id: string): void {
    this.go({ evaluation: id === this.evaluations.items()[0]?.id ? null : id });
  }

  protected show(words: AskedWith): void {
    this.go({ words });
  }

  private go(queryParams: Record<string, string | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }
}

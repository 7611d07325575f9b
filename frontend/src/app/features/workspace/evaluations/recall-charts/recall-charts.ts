import { Component, computed, input } from '@angular/core';
import type { EvaluatedFix, Evaluation } from '@yudai/sdk';
import { type Line, LineChart, type Place } from '../../../../ui/line-chart/line-chart';
import { type AskedWith, type Moment, askedSo, byEvaluation, byMonth } from '../over-time';

const ranks = [
  { name: 'R@1', key: 'recallAt1' },
  { name: 'R@5', key: 'recallAt5' },
  { name: 'R@10', key: 'recallAt10' },
] as const;

interface Chart {
  readonly places: readonly Place[];
  readonly lines: readonly Line[];
}

/** Recall over time: by when the fixes were made, and from one evaluation to the next. */
@Component({
  selector: 'app-recall-charts',
  imports: [LineChart],
  template: `
    <figure>
      <figcaption>
        <h4>By when it was fixed</h4>
      </figcaption>
      @if (byFix().places.length) {
        <app-line-chart
          label="Recall by the month of the fix"
          counted="fixes"
          [places]="byFix().places"
          [lines]="byFix().lines"
        />
      } @else {
        <p class="hint">Drawn as soon as fixes have been asked.</p>
      }
    </figure>
    <figure>
      <figcaption>
        <h4>From evaluation to evaluation</h4>
      </figcaption>
      @if (byRun().places.length > 1) {
        <app-line-chart
          label="Recall by evaluation"
          counted="fixes"
          [places]="byRun().places"
          [lines]="byRun().lines"
        />
      } @else {
        <p class="hint">
          Drawn once the branch was measured twice. Measure again after some weeks of fixes, or when the model was
          changed.
        </p>
      }
    </figure>
  `,
  styleUrl: './recall-charts.css',
})
export class RecallCharts {
  readonly fixes = input.required<readonly EvaluatedFix[]>();
  readonly evaluations = input.required<readonly Evaluation[]>();
  readonly words = input.required<AskedWith>();

  protected readonly byFix = computed(() => chartOf(byMonth(askedSo(this.fixes(), this.words()))));
  protected readonly byRun = computed(() => chartOf(byEvaluation(this.evaluations(), this.words())));
}

const chartOf = (moments: readonly Moment[]): Chart => ({
  places: moments.map(({ label, fixes }) => ({ label, count: fixes })),
  lines: ranks.map(({ name, key }) => ({ name, values: moments.map(({ recall }) => recall && recall[key]) })),
});

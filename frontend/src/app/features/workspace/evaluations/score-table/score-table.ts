import { Component, computed, input } from '@angular/core';
import type { Evaluation } from '@yudai/sdk';
import { share } from '../evaluation-words';

const rows = [
  { key: 'issue', label: 'Texts of issues' },
  { key: 'commit', label: 'Messages of commits' },
  { key: 'all', label: 'All together' },
] as const;

/** How many of the changed files were found, by whose words were asked. */
@Component({
  selector: 'app-score-table',
  template: `
    <table aria-label="How well the files were found">
      <thead>
        <tr>
          <th scope="col">Asked with</th>
          <th scope="col">Fixes</th>
          <th scope="col"><abbr title="Share of the changed files that was found first">R@1</abbr></th>
          <th scope="col"><abbr title="Share of the changed files among the first five">R@5</abbr></th>
          <th scope="col"><abbr title="Share of the changed files among the first ten">R@10</abbr></th>
          <th scope="col"><abbr title="1 divided by the place of the first changed file, in the mean">MRR</abbr></th>
        </tr>
      </thead>
      <tbody>
        @for (row of shown(); track row.label) {
          <tr [class.sum]="row.label === 'All together'">
            <th scope="row">{{ row.label }}</th>
            <td>{{ row.fixes }}</td>
            @for (value of row.values; track $index) {
              <td>{{ value }}</td>
            }
          </tr>
        }
      </tbody>
    </table>
  `,
  styleUrl: './score-table.css',
})
export class ScoreTable {
  readonly scores = input.required<NonNullable<Evaluation['scores']>>();

  protected readonly shown = computed(() =>
    rows.map(({ key, label }) => {
      const score = this.scores()[key];
      return {
        label,
        fixes: score?.cases ?? 0,
        values: score
          ? [share(score.recallAt1), share(score.recallAt5), share(score.recallAt10), score.mrr.toFixed(2)]
          : ['–', '–', '–', '–'],
      };
    }),
  );
}

import { Component, computed, input } from '@angular/core';
import { box, labelled, pathOf, spotsOf, xOf, yOf } from './geometry';

/** One line: shares (0–1), one for each of the chart's places. */
export interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** A place on the lower edge, and how many things its values are of. */
export interface Place {
  readonly label: string;
  readonly count: number;
}

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
/** Each line has a shape of its own beside its colour, drawn around 0, 0. */
const shapes = ['M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0', 'M-3.5-3.5h7v7h-7z', 'M0-4.5L4.5 3.5h-9z'];
const tallest = 18;

/** Up to three shares over time, with how many things each is of below them, and the same as a table. */
@Component({
  selector: 'app-line-chart',
  templateUrl: './line-chart.html',
  styleUrl: './line-chart.css',
})
export class LineChart {
  /** What is drawn, for those who do not see it. */
  readonly label = input.required<string>();
  /** What is counted below: "fixes". */
  readonly counted = input.required<string>();
  readonly places = input.required<readonly Place[]>();
  readonly lines = input.required<readonly Line[]>();

  protected readonly box = box;
  protected readonly levels = [0, 0.5, 1].map((value) => ({ y: yOf(value), label: percent.format(value) }));
  protected readonly drawn = computed(() =>
    this.lines().map(({ name, values }, at) => ({
      name,
      shape: shapes[at % shapes.length] ?? '',
      path: pathOf(values),
      spots: spotsOf(values).map((spot) => ({
        ...spot,
        words: `${name}, ${this.places()[spot.at]?.label ?? ''}: ${percent.format(values[spot.at] ?? 0)}`,
      })),
    })),
  );
  protected readonly bars = computed(() => {
    const most = Math.max(1, ...this.places().map(({ count }) => count));
    const of = this.places().length;
    return this.places().map(({ label, count }, at) => {
      const height = (tallest * count) / most;
      const width = Math.min(14, (box.width - box.left - box.right) / of - 1);
      return { x: xOf(at, of) - width / 2, y: box.bottom + 22 - height, width, height, words: `${label}: ${count}` };
    });
  });
  protected readonly names = computed(() =>
    labelled(this.places().length).map((at) => ({
      x: xOf(at, this.places().length),
      label: this.places()[at]?.label ?? '',
    })),
  );
  protected readonly rows = computed(() =>
    this.places().map(({ label, count }, at) => ({
      ...{ label, count },
      values: this.lines().map(({ values }) => {
        const value = values[at];
        return value === null || value === undefined ? '–' : percent.format(value);
      }),
    })),
  );
  /** From where to where each line goes, in a sentence. */
  protected readonly summary = computed(() => {
    const ways = this.lines().map(({ name, values }) => {
      const known = values.flatMap((value) => (value === null ? [] : [percent.format(value)]));
      return known.length < 2 ? `${name} ${known[0] ?? 'unknown'}` : `${name} from ${known[0]} to ${known.at(-1)}`;
    });
    const [first, last] = [this.places()[0]?.label, this.places().at(-1)?.label];
    return `${this.label()}, ${first === last ? first : `${first} to ${last}`}: ${ways.join(', ')}.`;
  });
}

/** What was measured, beside a reference that was measured in the same run on the same machine. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What the reference is; none for figures that stand alone. */
  readonly reference?: { readonly what: string; readonly value: number };
}

/** How much of the reference's speed the product reaches (rates), or how many times its time it takes (times). */
export function ratio({ value, reference }: Figure): number | undefined {
  return reference && reference.value > 0 ? value / reference.value : undefined;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** By nearest rank; `of` is 0 to 1. */
export function quantile(values: readonly number[], of: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(of * sorted.length))] ?? NaN;
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

export function table(figures: readonly Figure[]): string {
  const head = ['what', 'measured', 'reference', 'ratio'];
  const rows = figures.map((figure) => [
    figure.what,
    `${shown(figure.value)} ${figure.unit}`,
    figure.reference ? `${shown(figure.reference.value)} ${figure.unit} (${figure.reference.what})` : '–',
    ratio(figure)?.toFixed(2) ?? '–',
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

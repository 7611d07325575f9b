import type { DiffFile, DiffLine } from './parse-diff';

/** What one row of a file's diff shows: the header of a hunk, or a line of it. */
export type DiffRow =
  { readonly kind: 'hunk'; readonly header: string; readonly hunk: number } | (DiffLine & { readonly html?: string });

/** The text of one side, with the place of each of its lines among the rows: what is coloured as one piece of code. */
export interface DiffSide {
  readonly code: string;
  readonly rows: readonly number[];
}

/** A file's rows in reading order. */
export function rowsOf(file: DiffFile): DiffRow[] {
  return file.hunks.flatMap((hunk, index): DiffRow[] => [
    { kind: 'hunk', header: hunk.header, hunk: index },
    ...hunk.lines,
  ]);
}

/** The code before (removed and context lines) or after (added and context lines) the change. */
export function sideOf(rows: readonly DiffRow[], side: 'added' | 'removed'): DiffSide {
  const lines: string[] = [];
  const places: number[] = [];
  rows.forEach((row, place) => {
    if (row.kind !== 'context' && row.kind !== side) return;
    lines.push(row.text);
    places.push(place);
  });
  return { code: lines.join('\n'), rows: places };
}

/** Puts coloured lines back in their places. */
export function colour(
  rows: readonly DiffRow[],
  sides: readonly (readonly [DiffSide, readonly string[]])[],
): DiffRow[] {
  const coloured = [...rows];
  for (const [side, html] of sides) {
    side.rows.forEach((place, line) => {
      const row = coloured[place];
      if (row && row.kind !== 'hunk') coloured[place] = { ...row, html: html[line] };
    });
  }
  return coloured;
}

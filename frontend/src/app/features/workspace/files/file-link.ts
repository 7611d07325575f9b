import { showInvisible } from '../../../ui/text/invisible';

/** Address parameters that open a file beside the page, at some lines of some commit. */
export interface FileParams {
  readonly file: string;
  readonly lines: string | null;
  readonly commit: string | null;
}

type Lines = readonly [from: number, to: number];

export function fileParams(path: string, lines?: Lines, commit?: string): FileParams {
  return { file: path, lines: lines ? lines.join('-') : null, commit: commit ?? null };
}

/** "src/todo.ts:12–30", as citations are written. */
export function linesLabel(name: string, lines?: Lines): string {
  const path = showInvisible(name);
  if (!lines) return path;
  const [from, to] = lines;
  return from === to ? `${path}:${from}` : `${path}:${from}–${to}`;
}

/** The same without typography, as a text names it: "src/todo.ts:12-30". */
export const placeName = (path: string, [from, to]: Lines): string =>
  from === to ? `${path}:${from}` : `${path}:${from}-${to}`;

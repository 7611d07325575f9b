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

/** Where lines of `path` stand now. */
export function movedTo(
  now: { readonly path: string; readonly startLine: number; readonly endLine: number; readonly commit: string },
  path: string,
): { readonly label: string; readonly short: string; readonly params: FileParams } {
  const lines = [now.startLine, now.endLine] as const;
  const label = linesLabel(now.path, lines);
  const short = now.path === path ? lines.filter((line, at) => at === 0 || line !== lines[0]).join('–') : label;
  return { label, short, params: fileParams(now.path, lines, now.commit) };
}

/** "src/todo.ts:12–30", as citations are written. */
export function linesLabel(name: string, lines?: Lines): string {
  const path = showInvisible(name);
  if (!lines) return path;
  const [from, to] = lines;
  return from === to ? `${path}:${from}` : `${path}:${from}–${to}`;
}

/** How a text may name the same place, without typography: "src/todo.ts:12-30"; one line is "12-12" or "12" there. */
export const placeNames = (path: string, [from, to]: Lines): string[] =>
  from === to ? [`${path}:${from}-${to}`, `${path}:${from}`] : [`${path}:${from}-${to}`];

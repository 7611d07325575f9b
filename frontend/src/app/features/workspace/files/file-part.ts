import type { FileContent } from '@yudai/sdk';
import { ProblemError } from '../../../core/problem/problem';

/** The most lines the server gives at once; of wide lines it gives fewer. */
const most = 5_000;
const lineMissing = 'embeddings.lines-not-found';
const number = new Intl.NumberFormat('en');

type Lines = readonly [from: number, to: number];

/** Which part of a file is asked for: from `start` on, or from as much later as it takes for `holds` to be in it. */
export interface FilePart {
  readonly start: number;
  readonly end?: number;
  readonly holds?: Lines;
}

type Read = (lines: { readonly startLine: number; readonly endLine?: number }) => Promise<FileContent>;

/** The part around some lines. What is in the first part of every file is shown there, so that most files come whole. */
export function partAround(lines: Lines | undefined): FilePart {
  if (!lines) return { start: 1 };
  const [from, to] = lines;
  const before = Math.max(0, Math.floor((most - (to - from + 1)) / 2));
  return { start: to <= most ? 1 : Math.max(1, from - before), holds: lines };
}

export function partBefore({ startLine }: FileContent): FilePart | undefined {
  const end = startLine - 1;
  return end < 1 ? undefined : { start: Math.max(1, startLine - most), end, holds: [end, end] };
}

export function partAfter({ endLine, totalLines }: FileContent): FilePart | undefined {
  return endLine < totalLines ? { start: endLine + 1 } : undefined;
}

/** "Lines 3,701–8,700 of 12,345"; nothing for a file that is shown whole. */
export function partLabel(content: FileContent): string | undefined {
  const { startLine, endLine, totalLines } = content;
  if (!partBefore(content) && !partAfter(content)) return undefined;
  return `Lines ${number.format(startLine)}–${number.format(endLine)} of ${number.format(totalLines)}`;
}

/** Whether lines, as far as the file has them, are in what was read. */
export const has = ({ startLine, endLine, totalLines }: FileContent, [from, to]: Lines): boolean =>
  startLine <= from && endLine >= Math.min(to, totalLines) && from <= endLine;

/** Whether the lines that the address names are none of this file's. */
export const lacks = ({ totalLines }: FileContent, lines: Lines | undefined): boolean =>
  lines !== undefined && lines[0] > totalLines;

/** Asks until the lines that are to be in the part are in it: where they are wide, fewer fit before them. */
export async function readPart(read: Read, { start, end, holds }: FilePart): Promise<FileContent> {
  const content = await readFrom(read, start, end);
  const { startLine, endLine } = content;
  if (!holds || lacks(content, holds) || startLine >= holds[0] || has(content, holds)) return content;
  const before = Math.min(holds[0] - startLine, endLine - startLine + 1);
  return readPart(read, { start: holds[0] - Math.floor(before / 2), holds, ...(end ? { end } : {}) });
}

/** A file that has become shorter than the address believes is shown from its beginning. */
async function readFrom(read: Read, startLine: number, endLine?: number): Promise<FileContent> {
  try {
    return await read({ startLine, ...(endLine ? { endLine } : {}) });
  } catch (error) {
    if (startLine === 1 || !(error instanceof ProblemError) || error.problem.code !== lineMissing) throw error;
    return read({ startLine: 1 });
  }
}

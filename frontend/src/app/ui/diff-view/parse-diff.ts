/** One line of a hunk, with its number on each side it exists on. */
export interface DiffLine {
  readonly kind: 'context' | 'added' | 'removed';
  readonly before?: number;
  readonly after?: number;
  readonly text: string;
}

export interface DiffHunk {
  /** The line that starts with @@, with the name of the surrounding definition. */
  readonly header: string;
  readonly lines: readonly DiffLine[];
}

export interface DiffFile {
  readonly path: string;
  /** Where a renamed file was before. */
  readonly from?: string;
  readonly change: 'modified' | 'added' | 'deleted' | 'renamed';
  readonly binary: boolean;
  readonly insertions: number;
  readonly deletions: number;
  readonly hunks: readonly DiffHunk[];
}

const hunkHeader = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** Reads git's unified diff. Lines it does not know are passed over, so that a stray one never hides the rest. */
export function parseDiff(patch: string): DiffFile[] {
  const sections = patch.split(/^(?=diff --git )/m).filter((section) => section.startsWith('diff --git '));
  return sections.map(parseFile);
}

function parseFile(section: string): DiffFile {
  const lines = section.replace(/\n$/, '').split('\n');
  const firstHunk = lines.findIndex((line) => hunkHeader.test(line));
  const head = firstHunk < 0 ? lines : lines.slice(0, firstHunk);
  const hunks = firstHunk < 0 ? [] : parseHunks(lines.slice(firstHunk));
  const after = headPath(head, '+++ ');
  const before = headPath(head, '--- ');
  const from = headValue(head, 'rename from ');
  const to = headValue(head, 'rename to ');
  const all = hunks.flatMap((hunk) => hunk.lines);
  return {
    path: to ?? after ?? before ?? gitPath(head[0] ?? ''),
    from,
    change: changeOf(head, to),
    binary: head.some((line) => line.startsWith('Binary files ') || line === 'GIT binary patch'),
    insertions: all.filter((line) => line.kind === 'added').length,
    deletions: all.filter((line) => line.kind === 'removed').length,
    hunks,
  };
}

function changeOf(head: readonly string[], renamedTo: string | undefined): DiffFile['change'] {
  if (renamedTo !== undefined) return 'renamed';
  if (head.some((line) => line.startsWith('new file mode'))) return 'added';
  if (head.some((line) => line.startsWith('deleted file mode'))) return 'deleted';
  return 'modified';
}

function parseHunks(lines: readonly string[]): DiffHunk[] {
  const hunks: { header: string; lines: DiffLine[] }[] = [];
  let before = 0;
  let after = 0;
  for (const line of lines) {
    const numbers = hunkHeader.exec(line);
    if (numbers) {
      before = Number(numbers[1]);
      after = Number(numbers[2]);
      hunks.push({ header: line, lines: [] });
      continue;
    }
    const text = line.slice(1);
    const into = hunks.at(-1)?.lines;
    if (line.startsWith('+')) into?.push({ kind: 'added', after: after++, text });
    else if (line.startsWith('-')) into?.push({ kind: 'removed', before: before++, text });
    else if (line.startsWith(' ') || line === '')
      into?.push({ kind: 'context', before: before++, after: after++, text });
  }
  return hunks;
}

const headValue = (head: readonly string[], prefix: string): string | undefined => {
  const line = head.find((each) => each.startsWith(prefix));
  return line === undefined ? undefined : unquote(line.slice(prefix.length));
};

function headPath(head: readonly string[], prefix: string): string | undefined {
  const value = headValue(head, prefix);
  return value === undefined || value === '/dev/null' ? undefined : value.replace(/^[ab]\//, '').replace(/\t$/, '');
}

/** The path of a file without any other header line: `diff --git a/x b/x` names it twice. */
function gitPath(line: string): string {
  const rest = line.slice('diff --git '.length);
  const half = rest.slice(rest.length / 2 + 1);
  return unquote(half).replace(/^b\//, '');
}

/** Git writes paths with special characters as C strings: their bytes are octal escapes of UTF-8. */
function unquote(path: string): string {
  if (!path.startsWith('"')) return path;
  const named: Record<string, number> = { n: 10, t: 9, r: 13, b: 8, f: 12, v: 11, a: 7 };
  const bytes: number[] = [];
  for (const [part, octal, letter] of path.slice(1, path.lastIndexOf('"')).matchAll(/\\([0-7]{3})|\\(.)|[^\\]/gu)) {
    if (octal !== undefined) bytes.push(parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(named[letter] ?? letter.charCodeAt(0));
    else bytes.push(...new TextEncoder().encode(part));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** A file of a patch, as it is listed beside it. */
export interface PatchFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed';
  readonly insertions: number;
  readonly deletions: number;
  readonly binary: boolean;
}

const FILE = /^diff --git (.*)$/;
/** Lines of a patch's content never begin as its headers do: they begin with a space, a sign or, when binary, one word. */
const START = /^(?=diff --git )/m;
const CONTENT = /^(?:@@ |GIT binary patch$)/m;

/** The files of a patch that git has made (git-diff(1), "Generating patch text with -p"), in its order. */
export function filesOf(patch: string): PatchFile[] {
  return patch
    .split(START)
    .filter((part) => FILE.test(part.slice(0, part.indexOf('\n'))))
    .map(fileOf);
}

function fileOf(part: string): PatchFile {
  const at = CONTENT.exec(part)?.index ?? part.length;
  const header = part.slice(0, at).split('\n');
  const content = part.slice(at);
  const value = (key: string): string | undefined =>
    header.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1);
  const binary = content.startsWith('GIT binary patch');
  const [from, to] = [value('rename from'), value('rename to')];
  const counts = binary ? { insertions: 0, deletions: 0 } : countLines(content);
  if (from !== undefined && to !== undefined) {
    return { path: unquote(to), previousPath: unquote(from), status: 'renamed', ...counts, binary };
  }
  const status = value('new file mode') ? 'added' : value('deleted file mode') ? 'deleted' : 'modified';
  return { path: sameName(value('diff --git') ?? ''), status, ...counts, binary };
}

function countLines(content: string): { insertions: number; deletions: number } {
  let [insertions, deletions] = [0, 0];
  for (const line of content.split('\n')) {
    if (line.startsWith('+')) insertions++;
    else if (line.startsWith('-')) deletions++;
  }
  return { insertions, deletions };
}

/** `a/NAME b/NAME`, quoted or not: the two halves name the same file, so the second begins in the middle. */
function sameName(both: string): string {
  return unquote(both.slice((both.length + 1) / 2)).replace(/^b\//, '');
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** A name as git writes it when it has odd characters: quoted as in C, other bytes in octal. */
function unquote(name: string): string {
  if (!name.startsWith('"')) return name;
  const bytes: number[] = [];
  for (const [token, octal, letter] of name.slice(1, -1).matchAll(/\\(?:([0-7]{3})|(.))|[^\\]+/gsu)) {
    if (octal !== undefined) bytes.push(parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(ESCAPES[letter] ?? letter.charCodeAt(0));
    else bytes.push(...Buffer.from(token));
  }
  return Buffer.from(bytes).toString('utf8');
}

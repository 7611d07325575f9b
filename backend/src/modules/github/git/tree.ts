/** An entry of a commit's tree. */
export interface TreeEntry {
  readonly path: string;
  /** Octal, as git has it: 100644 and 100755 files, 120000 link, 160000 submodule. */
  readonly mode: string;
  readonly oid: string;
  /** In bytes; null for what is no blob. */
  readonly size: number | null;
}

const RECORD = /^(\d{6}) (\w+) ([0-9a-f]+)\s+(-|\d+)\t/;

/** Reads `git ls-tree -z -l`. Names are UTF-8 in practice; bytes that are not are kept recognisable, not lost. */
export function parseTree(output: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let start = 0, end = output.indexOf(0); end >= 0; start = end + 1, end = output.indexOf(0, start)) {
    const record = output.toString('utf8', start, end);
    const match = RECORD.exec(record);
    if (!match?.[1] || !match[3]) continue;
    const size = match[4] === '-' ? null : Number(match[4]);
    entries.push({ path: record.slice(match[0].length), mode: match[1], oid: match[3], size });
  }
  return entries;
}

/** What the tree needs to know of a file. */
export interface TreeFile {
  readonly path: string;
  /** Why the index left it out, in words; nothing when it was read. */
  readonly skipped?: string;
  readonly tokens?: number | null;
}

/** One visible row: a folder or a file, with its depth. */
export interface TreeRow {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly folder: boolean;
  readonly open: boolean;
  /** Files below a folder. */
  readonly count: number;
  readonly file?: TreeFile;
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: TreeFile[];
  count: number;
}

const empty = (): Folder => ({ folders: new Map(), files: [], count: 0 });
const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Sorts flat paths into folders. */
export function buildTree(files: readonly TreeFile[]): Folder {
  const root = empty();
  for (const file of files) {
    let folder = root;
    folder.count++;
    const parts = file.path.split('/');
    for (const part of parts.slice(0, -1)) {
      let next = folder.folders.get(part);
      if (!next) folder.folders.set(part, (next = empty()));
      folder = next;
      folder.count++;
    }
    folder.files.push(file);
  }
  return root;
}

/** The rows to show: folders first, each level in the order people expect; only what is inside open folders. */
export function visibleRows(root: Folder, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const walk = (folder: Folder, prefix: string, depth: number): void => {
    const names = [...folder.folders.keys()].sort((a, b) => order.compare(a, b));
    for (const name of names) {
      const path = prefix + name;
      const child = folder.folders.get(name);
      if (!child) continue;
      rows.push({ path, name, depth, folder: true, open: open.has(path), count: child.count });
      if (open.has(path)) walk(child, `${path}/`, depth + 1);
    }
    const files = [...folder.files].sort((a, b) => order.compare(a.path, b.path));
    for (const file of files) {
      rows.push({
        path: file.path,
        name: file.path.slice(prefix.length),
        depth,
        folder: false,
        open: false,
        count: 1,
        file,
      });
    }
  };
  walk(root, '', 0);
  return rows;
}

/** Every folder on the way to a file. */
export function ancestors(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

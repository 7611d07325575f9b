import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

export interface NewCommit {
  /** Contents by path with slashes. */
  readonly files: ReadonlyMap<string, string | Buffer>;
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string };
  /** Whole seconds matter. */
  readonly date: Date;
  readonly message: string;
}

type Tree = Map<string, Tree | string | Buffer>;

/**
 * Writes git's objects as loose files ("Git Internals: Git Objects"). The seed is made of a few thousand small ones; a
 * git process for each repository would take longer than everything else at the first start.
 */
export class ObjectWriter {
  constructor(private readonly repository: string) {}

  /** @returns the commit's id, the same for the same content everywhere */
  commit({ files, parents, author, date, message }: NewCommit): string {
    const who = `${author.name} <${author.email}> ${Math.floor(date.getTime() / 1_000)} +0000`;
    const head = [
      `tree ${this.tree(nest(files))}`,
      ...parents.map((parent) => `parent ${parent}`),
      `author ${who}`,
      `committer ${who}`,
    ];
    return this.write('commit', Buffer.from(`${head.join('\n')}\n\n${message.trimEnd()}\n`));
  }

  private tree(tree: Tree): string {
    const entries = [...tree].map(([name, content]) =>
      content instanceof Map
        ? { name, sorted: `${name}/`, mode: '40000', id: this.tree(content) }
        : { name, sorted: name, mode: '100644', id: this.write('blob', Buffer.from(content)) },
    );
    entries.sort((a, b) => Buffer.compare(Buffer.from(a.sorted), Buffer.from(b.sorted)));
    const lines = entries.map(({ name, mode, id }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]);
    return this.write('tree', Buffer.concat(lines.flat()));
  }

  private write(type: 'blob' | 'tree' | 'commit', content: Buffer): string {
    const bytes = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
    const id = createHash('sha1').update(bytes).digest('hex');
    const folder = join(this.repository, 'objects', id.slice(0, 2));
    const file = join(folder, id.slice(2));
    if (existsSync(file)) return id;
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, deflateSync(bytes), { mode: 0o444 });
    return id;
  }
}

function nest(files: NewCommit['files']): Tree {
  const root: Tree = new Map();
  for (const [path, content] of files) {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    let folder = root;
    for (const part of parts) {
      const known = folder.get(part);
      const next: Tree = known instanceof Map ? known : new Map<string, Tree | string | Buffer>();
      folder.set(part, next);
      folder = next;
    }
    folder.set(name, content);
  }
  return root;
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '../../src/platform/git/git.js';

/** A file of a commit; a link when `mode` is 120000 (the text is its target), a submodule when it is 160000 (a commit id). */
export interface Entry {
  readonly path: string;
  readonly content: string | Buffer;
  readonly mode?: '100644' | '100755' | '120000' | '160000';
}

/**
 * A bare repository whose `main` holds these entries, whatever a file system would say to them.
 * @returns its path, by which the forge names it `<owner>/<name>`
 */
export async function bareRepository(
  folder: string,
  owner: string,
  name: string,
  entries: readonly Entry[],
): Promise<string> {
  const path = join(folder, `${owner}+${name}`, 'repo');
  await mkdir(path, { recursive: true });
  await git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', path]);
  await git(['--git-dir', path, 'fast-import', '--quiet'], { input: stream(entries), seconds: 300 });
  return path;
}

function stream(entries: readonly Entry[]): Buffer {
  const head = 'commit refs/heads/main\ncommitter T <t@example.com> 1760000000 +0000\ndata 5\nFirst\n';
  const parts = entries.map(({ path, content, mode = '100644' }) => {
    const bytes = Buffer.from(content);
    if (mode === '160000') return Buffer.from(`M 160000 ${bytes.toString()} ${quoted(path)}\n`);
    return Buffer.concat([
      Buffer.from(`M ${mode} inline ${quoted(path)}\ndata ${bytes.length}\n`),
      bytes,
      Buffer.from('\n'),
    ]);
  });
  return Buffer.concat([Buffer.from(head), ...parts, Buffer.from('\n')]);
}

const quoted = (path: string): string =>
  `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

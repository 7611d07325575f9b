import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../src/platform/git/git.js';

/**
 * A bare repository whose `main` is a commit of another one, whose objects it borrows: what came after the commit is not
 * part of it. @returns its path, by which the forge names it `<owner>/<name>`
 */
export async function repositoryAt(source: string, owner: string, name: string, commit: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'yudai-retrieval-')), `${owner}+${name}`, 'repo');
  await mkdir(path, { recursive: true });
  await git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', path]);
  const objects = (await git(['--git-dir', source, 'rev-parse', '--git-path', 'objects'])).toString().trim();
  await mkdir(join(path, 'objects/info'), { recursive: true });
  await writeFile(join(path, 'objects/info/alternates'), `${objects}\n`);
  await git(['--git-dir', path, 'update-ref', 'refs/heads/main', commit]);
  return path;
}

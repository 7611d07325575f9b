import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, type GitOptions } from '../../../platform/git/git.js';

export interface CommitWish {
  /** A bare repository that holds the base commit. */
  readonly repository: string;
  readonly base: string;
  /** Unified diff against the base. */
  readonly patch: string;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly at: Date;
}

/** Makes the commit of a diff without a work tree. The same wish gives the same commit, so it may be made again at any time. */
export async function commitPatch({ repository, base, patch, message, author, at }: CommitWish): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'yudai-commit-'));
  const date = `${Math.floor(at.getTime() / 1_000)} +0000`;
  const env = {
    GIT_INDEX_FILE: join(home, 'index'),
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: 'Yudai',
    GIT_COMMITTER_EMAIL: 'yudai@users.noreply.github.com',
    GIT_COMMITTER_DATE: date,
  };
  const run = async (args: string[], options: GitOptions = {}): Promise<string> =>
    (await git(['--git-dir', repository, ...args], { ...options, env })).toString().trim();
  try {
    await run(['read-tree', base]);
    await run(['apply', '--cached', '--binary', '--whitespace=nowarn', '-'], { input: patch });
    const tree = await run(['write-tree']);
    return await run(['commit-tree', tree, '-p', base, '-F', '-'], { input: message });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

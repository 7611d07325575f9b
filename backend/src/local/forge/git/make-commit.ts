import { git } from '../../../platform/git/git.js';
import type { BareRepository } from './bare-repository.js';

export interface CommitWish {
  readonly branch: string;
  readonly message: string;
  /** Contents by path; null takes the file away. */
  readonly files: Readonly<Record<string, string | null>>;
  readonly author: { readonly name: string; readonly email: string };
  readonly date: Date;
  /** Where a branch that is not there yet begins; without, it begins with nothing. */
  readonly from?: string | undefined;
}

/** Adds a commit on top of a branch of a bare repository (git-fast-import(1)). @returns its id */
export async function makeCommit(bare: BareRepository, wish: CommitWish): Promise<string> {
  const parent = (await bare.head(wish.branch)) ?? wish.from;
  const who = `${wish.author.name} <${wish.author.email}> ${Math.floor(wish.date.getTime() / 1_000)} +0000`;
  const lines = [
    `commit refs/heads/${wish.branch}`,
    `author ${who}`,
    `committer ${who}`,
    data(wish.message),
    ...(parent ? [`from ${parent}`] : []),
    ...Object.entries(wish.files).map(([path, content]) =>
      content === null ? `D ${quoted(path)}` : `M 100644 inline ${quoted(path)}\n${data(content)}`,
    ),
    '',
  ];
  await git(['--git-dir', bare.path, 'fast-import', '--quiet'], { input: lines.join('\n') });
  const sha = await bare.head(wish.branch);
  if (!sha) throw new Error(`The branch ${wish.branch} was not made.`);
  return sha;
}

function data(content: string): string {
  return `data ${Buffer.byteLength(content)}\n${content}`;
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}

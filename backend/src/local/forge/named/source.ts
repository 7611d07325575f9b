import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { git } from '../../../platform/git/git.js';
import type { Refs } from '../git/bare-repository.js';

/** What a repository on this machine has, as git reads it. Nothing is written into it, no lock taken, no hook run. */
export interface Source {
  readonly origin: string | undefined;
  /** Branches and tags. */
  readonly refs: Refs;
  readonly defaultBranch: string;
  /** Folders of objects: its own, and those that it borrows from. */
  readonly objects: readonly string[];
  /** Where its history is cut off; undefined for a whole one. */
  readonly shallow: Buffer | undefined;
}

const BRANCHES = 'refs/heads/';
const MOST_BORROWED = 20;

/** @throws GitError for what git does not take for a repository; Error for one that GitHub could not have */
export async function readSource(gitDir: string): Promise<Source> {
  const ask = (...args: readonly string[]): Promise<string> =>
    git(['--git-dir', gitDir, ...args]).then((output) => output.toString('utf8').trim());
  const [format, common = ''] = (await ask('rev-parse', '--show-object-format', '--git-common-dir')).split('\n');
  if (format !== 'sha1') throw new Error('its objects are named by SHA-256, which GitHub does not serve either');
  const [listed, head, detached, remoteHead, origin] = await Promise.all([
    ask('for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads', 'refs/tags'),
    ask('symbolic-ref', '--quiet', 'HEAD').catch(() => ''),
    ask('rev-parse', '--verify', '--quiet', 'HEAD^{commit}').catch(() => ''),
    ask('symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD').catch(() => ''),
    ask('config', '--get', 'remote.origin.url').catch(() => ''),
  ]);
  const refs = new Map(
    listed
      .split('\n')
      .filter(Boolean)
      .map((line): [string, string] => [line.slice(41), line.slice(0, 40)]),
  );
  const hasBranch = [...refs.keys()].some((ref) => ref.startsWith(BRANCHES));
  if (!hasBranch && detached) refs.set(`${BRANCHES}main`, detached);
  const folder = resolve(common);
  return {
    origin: origin || undefined,
    refs,
    defaultBranch: chooseDefault(refs, [remoteHead.replace('refs/remotes/origin/', BRANCHES), head]),
    objects: withBorrowed(join(folder, 'objects')),
    shallow: readIfThere(join(folder, 'shallow')),
  };
}

/** The first that is there of: what origin calls its default, what is checked out, the usual names, any. */
function chooseDefault(refs: Refs, wanted: readonly string[]): string {
  const candidates = [...wanted, `${BRANCHES}main`, `${BRANCHES}master`, ...refs.keys()];
  const found = candidates.find((ref) => ref.startsWith(BRANCHES) && refs.has(ref)) ?? wanted.find(Boolean);
  return found?.slice(BRANCHES.length) ?? 'main';
}

/** `objects/info/alternates`, followed (gitrepository-layout(5)). */
function withBorrowed(first: string): string[] {
  const folders = [first];
  for (const folder of folders) {
    const lines =
      readIfThere(join(folder, 'info', 'alternates'))
        ?.toString('utf8')
        .split('\n') ?? [];
    for (const line of lines.filter((text) => text !== '' && !text.startsWith('#'))) {
      const next = isAbsolute(line) ? line : resolve(folder, line);
      if (!folders.includes(next) && folders.length < MOST_BORROWED) folders.push(next);
    }
  }
  return folders;
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, GitError, type GitOptions } from '../../../platform/git/git.js';
import { filesOf } from '../patch-files.js';
import type { DiffStat } from '../solve.types.js';
import { diffTooLarge, treeUnreadable } from '../solver.errors.js';

const MOST_MEGABYTES = 5;
const MOST_BYTES = MOST_MEGABYTES * 1024 * 1024;
/** git's word for "some files could not be added"; anything else means that nothing is known. */
const PARTLY_ADDED = 1;
/** The tree's own attributes may not hide a change: git judges by content what is text, whatever they say. */
const JUDGE_BY_CONTENT = '* !diff\n';
const ALL_BINARY = '* -diff\n';
const AGAINST = ['diff', '--cached', '--no-color', '--no-ext-diff', '--no-textconv', '--find-renames'];

export interface Diff extends DiffStat {
  /** Unified, against the base commit; binary files included, so that it can be applied. Valid UTF-8 without NUL. */
  readonly patch: string;
}

export interface Compared {
  /** The server's own bare repository, which holds the base commit. */
  readonly gitDir: string;
  readonly tree: string;
  readonly base: string;
  /** A folder of the server's for what is needed in between. */
  readonly home: string;
}

/**
 * What a tree holds against its base commit, new files that are not ignored included. Whatever is written for it, an index
 * and the objects of changed files, is gone afterwards, so that many diffs take no more room than one.
 * @throws DomainError `solver.diff-too-large`, `solver.tree-unreadable`
 */
export async function compare(compared: Compared): Promise<Diff> {
  const { gitDir, home, base, tree } = compared;
  const objects = join(home, 'objects');
  const env = {
    GIT_INDEX_FILE: join(home, 'index'),
    GIT_OBJECT_DIRECTORY: objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: join(gitDir, 'objects'),
  };
  const run = (args: readonly string[], options: GitOptions = {}): Promise<Buffer> =>
    git(['--git-dir', gitDir, '--work-tree', tree, ...args], { ...options, env });
  await copyIndex(await baseIndex(compared), env.GIT_INDEX_FILE);
  await mkdir(objects, { recursive: true });
  try {
    await attributes(gitDir, JUDGE_BY_CONTENT);
    await run(['add', '--all', '--ignore-errors', '.']).catch(partlyAdded);
    const patch = (...settings: string[]): Promise<Buffer> =>
      run([...settings, ...AGAINST, '--full-index', '--binary', base], { maxBytes: MOST_BYTES }).catch(tooLarge);
    const first = await patch();
    if (isStorable(first)) return counted(first.toString('utf8'));
    const names = splitNames(await run([...AGAINST, '--name-only', '-z', base]));
    await attributes(gitDir, JUDGE_BY_CONTENT + asBinary(first, names));
    const second = await patch();
    if (isStorable(second)) return counted(second.toString('utf8'));
    await attributes(gitDir, ALL_BINARY);
    return counted((await patch('-c', 'core.quotePath=true')).toString('ascii'));
  } finally {
    await rm(objects, { recursive: true, force: true });
  }
}

/**
 * An index of the base commit that knows which files on disk are unchanged, made at the first diff: git then reads only the
 * others again. It goes by the time of the last change that the kernel keeps, which no command in the sandbox can set.
 */
async function baseIndex({ gitDir, tree, base, home }: Compared): Promise<string> {
  const index = join(home, 'base-index');
  if (existsSync(index)) return index;
  const fresh = `${index}.new`;
  const options = { env: { GIT_INDEX_FILE: fresh } };
  const at = ['--git-dir', gitDir, '--work-tree', tree];
  await git([...at, 'read-tree', base], options);
  // Exit code 1 says that there are changed files, which is no failure here.
  await git([...at, 'update-index', '-q', '--refresh'], options).catch(partlyAdded);
  await rename(fresh, index);
  return index;
}

/** The copy is no younger than the original: git looks twice at files that may have changed since an index was written. */
async function copyIndex(from: string, to: string): Promise<void> {
  const { mtimeMs } = await stat(from);
  await copyFile(from, to);
  await utimes(to, Math.floor(mtimeMs) / 1_000, Math.floor(mtimeMs) / 1_000);
}

async function attributes(gitDir: string, text: string): Promise<void> {
  await mkdir(join(gitDir, 'info'), { recursive: true });
  await writeFile(join(gitDir, 'info', 'attributes'), text);
}

const isStorable = (patch: Buffer): boolean => isUtf8(patch) && !patch.includes(0);

/** Attributes that show the files of a patch which are no UTF-8 as binary ones; `names` in the patch's order. */
function asBinary(patch: Buffer, names: readonly Buffer[]): string {
  const start = Buffer.from('\ndiff --git ');
  let [from, file, lines] = [0, 0, ''];
  while (from < patch.length) {
    const next = patch.indexOf(start, from);
    const part = patch.subarray(from, next === -1 ? patch.length : next + 1);
    const name = names[file++];
    if (!isStorable(part)) lines += name && isStorable(name) ? `${pattern(name.toString('utf8'))} -diff\n` : ALL_BINARY;
    from = next === -1 ? patch.length : next + 1;
  }
  return lines;
}

/** A path as a pattern of gitattributes(5) that fits nothing else. */
const pattern = (path: string): string => JSON.stringify(`/${path.replace(/[\\*?[\]]/g, String.raw`\$&`)}`);

function splitNames(output: Buffer): Buffer[] {
  const names: Buffer[] = [];
  for (let from = 0, end = output.indexOf(0); end !== -1; from = end + 1, end = output.indexOf(0, from)) {
    names.push(output.subarray(from, end));
  }
  return names;
}

function partlyAdded(error: unknown): Buffer {
  if (!(error instanceof GitError)) throw error;
  if (error.exitCode === PARTLY_ADDED) return Buffer.alloc(0);
  throw treeUnreadable(error);
}

function tooLarge(error: unknown): never {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'git.output-too-large') {
    throw diffTooLarge(MOST_MEGABYTES);
  }
  throw error;
}

function counted(patch: string): Diff {
  const files = filesOf(patch);
  const sum = (of: 'insertions' | 'deletions'): number => files.reduce((total, file) => total + file[of], 0);
  return { patch, files: files.length, insertions: sum('insertions'), deletions: sum('deletions') };
}

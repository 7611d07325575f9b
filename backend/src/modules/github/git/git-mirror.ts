import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { sha256Hex } from '../../../platform/crypto/tokens.js';
import { git, gitEnvironment } from '../../../platform/git/git.js';
import { fileNotFound, isBusy } from '../github.errors.js';
import { AbsentCommits } from './absent-commits.js';
import { BlobReader } from './blob-reader.js';
import {
  type CommitMessage,
  LOG_FORMAT,
  type LoggedCommit,
  MESSAGE_FORMAT,
  parseLog,
  parseMessages,
} from './commit-log.js';
import { GitRemote, type RemoteWish } from './git-remote.js';
import { type LockOptions, removeLocksOfGit, withLock } from './mirror-lock.js';
import { MirrorTurns } from './mirror-turns.js';
import { parseTree, type TreeEntry } from './tree.js';

export interface Fetched {
  /** The bare repository on this machine. */
  readonly path: string;
  readonly commit: string;
}

export interface PushWish extends RemoteWish {
  /** A commit that the mirror holds. */
  readonly commit: string;
}

/** Enough history for commits to tell which files are about what, without fetching a repository's whole past. */
const DEPTH = 5_000;
const PATIENCE_MS = 30_000;
const TIDY_SECONDS = 1_800;
const TIDY = { 'gc.auto': '2000', 'gc.autoPackLimit': '20', 'gc.autoDetach': 'false', 'gc.pruneExpire': '2.weeks.ago' };
const LARGEST_FILE = 16 * 1024 * 1024;
const LARGEST_LOG = 256 * 1024 * 1024;
const MIRROR = /^([0-9a-f-]{36})\.git$/;
const REMOVED = /\.removed$/;
const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/**
 * Bare copies of repositories on this machine, one for each repository, shared by everybody who may read it. Fetching and
 * pushing happen with the user's own token.
 */
@Injectable()
export class GitMirror {
  private readonly turns = new MirrorTurns();
  private readonly absent = new AbsentCommits();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly remote: GitRemote,
  ) {}

  /** Where a repository's mirror is, whether or not it is there yet. */
  path(repositoryId: string): string {
    return join(this.folder, `${repositoryId}.git`);
  }

  /**
   * Brings a branch up to date. Who has no signal to end it by shares the user's fetch of the branch that has not begun.
   * @throws DomainError of the `github.` and `git.` families.
   */
  fetch(wish: RemoteWish): Promise<Fetched> {
    const { userId, repositoryId, branch, signal } = wish;
    // A job waits as long as it is wanted, a person does not.
    const end = signal ? Infinity : performance.now() + PATIENCE_MS;
    const work = (): Promise<Fetched> => this.fetchNow(wish, end);
    if (signal) return this.turns.take(repositoryId, work);
    return this.turns.join(repositoryId, JSON.stringify([userId, branch]), work);
  }

  /**
   * Whether a commit that somebody names is at hand, if need be after its branch was fetched. What that did not bring is
   * not looked for again at once. @throws DomainError what `fetch` throws.
   */
  async bring(wish: RemoteWish, commit: string): Promise<boolean> {
    if (await this.has(wish.repositoryId, commit)) return true;
    if (this.absent.has(wish, commit)) return false;
    const { commit: head } = await this.fetch(wish);
    if (await this.has(wish.repositoryId, commit)) return true;
    this.absent.add(wish, head, commit);
    return false;
  }

  /**
   * Makes a branch of ours stand at a commit; the same commit again changes nothing, another one (an earlier attempt, with
   * another title) gives way.
   */
  async push(wish: PushWish): Promise<void> {
    const { repositoryId, commit, branch } = wish;
    const gitDir = ['--git-dir', this.path(repositoryId)];
    await this.remote.push(wish, (url) => [...gitDir, 'push', '--quiet', url, `+${commit}:refs/heads/${branch}`]);
    this.absent.seen(wish, commit);
  }

  /** Whether a commit is at hand on this machine. */
  async has(repositoryId: string, commit: string): Promise<boolean> {
    if (!COMMIT.test(commit) || !existsSync(this.path(repositoryId))) return false;
    return git(['--git-dir', this.path(repositoryId), 'cat-file', '-e', `${commit}^{commit}`]).then(
      () => true,
      () => false,
    );
  }

  /** Which of these commits are at hand on this machine; asked of one process, however many they are. */
  async held(repositoryId: string, commits: readonly string[]): Promise<ReadonlySet<string>> {
    const named = [...new Set(commits)].filter((commit) => COMMIT.test(commit));
    if (named.length === 0 || !existsSync(this.path(repositoryId))) return new Set();
    const args = ['--git-dir', this.path(repositoryId), 'cat-file', '--batch-check=%(objecttype)'];
    const input = named.map((commit) => `${commit}^{commit}\n`).join('');
    const output = await git(args, { input }).catch(() => Buffer.alloc(0));
    const kinds = output.toString().split('\n');
    return new Set(named.filter((_, at) => kinds[at] === 'commit'));
  }

  /** Every entry of a commit's tree, links and submodules included. */
  async listTree(repositoryId: string, commit: string): Promise<TreeEntry[]> {
    const args = ['--git-dir', this.path(repositoryId), 'ls-tree', '-r', '-z', '-l', '--full-tree', commit];
    return parseTree(await git(args, { maxBytes: 256 * 1024 * 1024 }));
  }

  /** A file's bytes at a commit. @throws DomainError `github.file-not-found`, also for what is no regular file. */
  async readFile(repositoryId: string, commit: string, path: string): Promise<Buffer> {
    if (!COMMIT.test(commit) || path.includes('\0')) throw fileNotFound(path);
    const gitDir = ['--git-dir', this.path(repositoryId)];
    const tree = await git([...gitDir, 'ls-tree', '-z', '-l', '--full-tree', commit, '--', path], literal).catch(() =>
      Buffer.alloc(0),
    );
    const [entry] = parseTree(tree);
    if (entry?.path !== path || !entry.mode.startsWith('100')) throw fileNotFound(path);
    return git([...gitDir, 'cat-file', 'blob', entry.oid], { maxBytes: LARGEST_FILE });
  }

  /** Reads many blobs one after another from one process. */
  openBlobs(repositoryId: string): BlobReader {
    return new BlobReader(this.path(repositoryId));
  }

  /** How many commits lie between two; undefined where the history at hand does not tell. */
  async distance(repositoryId: string, from: string, to: string): Promise<number | undefined> {
    if (from === to) return 0;
    const args = ['--git-dir', this.path(repositoryId), 'rev-list', '--count', `${from}..${to}`];
    return git(args).then(
      (output) => Number(output.toString()),
      () => undefined,
    );
  }

  /** The newest commits that lead to a commit, itself first, merges left out; at most `most`, and what is at hand. */
  async ancestors(repositoryId: string, commit: string, most: number): Promise<string[]> {
    const args = ['--git-dir', this.path(repositoryId), 'rev-list', '--no-merges', `--max-count=${most}`, commit];
    return (await git(args)).toString().split('\n').filter(Boolean);
  }

  /** What these commits say and did, in the order in which they are named. */
  async log(repositoryId: string, commits: readonly string[]): Promise<LoggedCommit[]> {
    const how = ['--no-walk=unsorted', '--stdin', '-M', '-z', '--name-status', LOG_FORMAT];
    const options = { input: commits.join('\n'), maxBytes: LARGEST_LOG };
    return parseLog((await git(['--git-dir', this.path(repositoryId), 'log', ...how], options)).toString());
  }

  /** The newest commits that lead to a commit, merges left out, and none before one that came of it; at most `most`. */
  async messages(repositoryId: string, commit: string, most: number): Promise<CommitMessage[]> {
    if (!COMMIT.test(commit)) return [];
    const how = ['--date-order', '--no-merges', `--max-count=${most}`, '-z', MESSAGE_FORMAT, commit];
    const output = await git(['--git-dir', this.path(repositoryId), 'log', ...how], { maxBytes: LARGEST_LOG });
    return parseMessages(output.toString());
  }

  /** Ids of the repositories that have a mirror on this machine. */
  async ids(): Promise<string[]> {
    return (await this.names()).flatMap((name) => MIRROR.exec(name)?.[1] ?? []);
  }

  /** Packs a mirror where that is due, by git's own measure. What nobody refers to goes two weeks after it came. */
  tidy(repositoryId: string): Promise<void> {
    const work = async (path: string): Promise<void> => {
      if (!existsSync(path)) return;
      const env = gitEnvironment(TIDY);
      await git(['--git-dir', path, 'gc', '--auto', '--quiet'], { env, seconds: TIDY_SECONDS });
    };
    return this.turns.take(repositoryId, () =>
      this.alone(repositoryId, { patienceMs: 0 }, work).catch((error: unknown) => {
        if (!isBusy(error)) throw error;
      }),
    );
  }

  /** Ids of the repositories that have a mirror on this machine into which nobody has fetched for some time. */
  async idle(seconds: number): Promise<string[]> {
    const found: string[] = [];
    for (const id of await this.ids()) {
      const fetched = await stat(join(this.path(id), 'FETCH_HEAD')).catch(() => undefined);
      if (Date.now() - (fetched?.mtimeMs ?? 0) > seconds * 1_000) found.push(id);
    }
    return found;
  }

  /** Takes a mirror off this machine, whole and at once; who fetches next makes it anew. */
  remove(repositoryId: string): Promise<void> {
    return this.turns.take(repositoryId, async () => {
      const path = this.path(repositoryId);
      if (existsSync(path)) await rename(path, `${path}.${randomUUID()}.removed`);
      await this.removeLeftovers();
    });
  }

  /** What was taken away, also by a process that died over it. */
  private async removeLeftovers(): Promise<void> {
    for (const name of (await this.names()).filter((name) => REMOVED.test(name))) {
      await rm(join(this.folder, name), { recursive: true, force: true, maxRetries: 3 });
    }
  }

  private async names(): Promise<string[]> {
    return existsSync(this.folder) ? readdir(this.folder) : [];
  }

  private fetchNow(wish: RemoteWish, end: number): Promise<Fetched> {
    const { repositoryId, branch, signal } = wish;
    const patienceMs = Math.max(0, end - performance.now());
    return this.alone(repositoryId, { signal, patienceMs }, async () => {
      const path = await this.made(repositoryId);
      const ref = refOf(branch);
      const how = ['--quiet', '--no-tags', '--force', `--depth=${DEPTH}`];
      await this.remote.fetch(wish, (url) => ['--git-dir', path, 'fetch', ...how, url, `+refs/heads/${branch}:${ref}`]);
      const commit = await this.resolve(path, ref);
      this.absent.seen(wish, commit);
      return { path, commit };
    });
  }

  /** Of two gits in a mirror the second would fail, and one that was killed leaves locks that nobody would take away. */
  private alone<T>(repositoryId: string, options: LockOptions, work: (path: string) => Promise<T>): Promise<T> {
    const path = this.path(repositoryId);
    return withLock(join(this.folder, `${repositoryId}.lock`), options, async () => {
      await removeLocksOfGit(path);
      return work(path);
    });
  }

  private async resolve(path: string, ref: string): Promise<string> {
    return (await git(['--git-dir', path, 'rev-parse', '--verify', `${ref}^{commit}`])).toString().trim();
  }

  /** The empty mirror appears whole or not at all, whoever makes it first. */
  private async made(repositoryId: string): Promise<string> {
    const path = this.path(repositoryId);
    if (existsSync(path)) return path;
    await mkdir(this.folder, { recursive: true });
    const fresh = await mkdtemp(join(this.folder, 'new-'));
    await git(['init', '--quiet', '--bare', '--template=', fresh]);
    await rename(fresh, path).catch(async (error: unknown) => {
      await rm(fresh, { recursive: true, force: true });
      if (!existsSync(path)) throw error;
    });
    return path;
  }

  private get folder(): string {
    return join(this.config.DATA_DIR, 'repositories');
  }
}

/**
 * Where a mirror keeps a branch. A repository has `feature` on one day and `feature/x` on another, but no two refs can be called
 * so, one being a file and one a folder. Branches that are gone stay: they keep what was cited of them.
 */
const refOf = (branch: string): string => `refs/branches/${sha256Hex(branch)}`;

/** Path arguments are names, not patterns. */
const literal = { env: gitEnvironment() };
literal.env['GIT_LITERAL_PATHSPECS'] = '1';

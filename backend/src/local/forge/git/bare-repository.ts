import { git, GitError } from '../../../platform/git/git.js';

export interface Branch {
  readonly name: string;
  readonly sha: string;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601 */
  readonly date: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** Every ref with the object it points to. */
export type Refs = ReadonlyMap<string, string>;

const BRANCHES = 'refs/heads/';
const COMMIT_ID = /^[0-9a-f]{40}$/;
const LARGEST_FILE = 1024 * 1024;
const COMMIT_FIELDS = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'];
const COMMIT_FORMAT = COMMIT_FIELDS.join('%x00');

/** Paths of files, by what a commit does to them. */
export interface ChangedFiles {
  readonly added: string[];
  readonly removed: string[];
  readonly modified: string[];
}

const KINDS: Readonly<Record<string, keyof ChangedFiles>> = { A: 'added', D: 'removed', M: 'modified', T: 'modified' };

/** Questions to one of the forge's bare repositories, put through git. */
export class BareRepository {
  constructor(readonly path: string) {}

  /** Branches by name. */
  async branches(): Promise<Branch[]> {
    const refs = await this.refs(BRANCHES);
    return [...refs].map(([name, sha]) => ({ name: name.slice(BRANCHES.length), sha }));
  }

  /** The commit that a branch points to; undefined when there is no such branch. */
  async head(branch: string): Promise<string | undefined> {
    return (await this.refs(BRANCHES + branch)).get(BRANCHES + branch);
  }

  async refs(prefix = 'refs/'): Promise<Refs> {
    const output = await this.text('for-each-ref', '--format=%(objectname) %(refname)', prefix);
    const lines = output.split('\n').filter(Boolean);
    return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
  }

  /** @throws GitError for an id that is no commit's */
  async commit(sha: string): Promise<Commit> {
    const [commit] = await this.log('--max-count=1', sha);
    if (!commit) throw new Error(`${sha} is no commit.`);
    return commit;
  }

  /** A file's bytes at a commit; undefined where there is no such file, or a very large one. */
  file(commit: string, path: string): Promise<Buffer | undefined> {
    if (!COMMIT_ID.test(commit)) return Promise.resolve(undefined);
    const args = ['--git-dir', this.path, 'cat-file', 'blob', `${commit}:${path}`];
    return git(args, { maxBytes: LARGEST_FILE }).catch(() => undefined);
  }

  /** Commits that `to` has and `from` has not, newest first, at most `most`. */
  between(from: string, to: string, most: number): Promise<Commit[]> {
    return this.log(`--max-count=${most}`, `${from}..${to}`);
  }

  /** The files that each of these commits has changed. */
  async changedFiles(commits: readonly Commit[]): Promise<ReadonlyMap<string, ChangedFiles>> {
    const args = [
      '--git-dir',
      this.path,
      'diff-tree',
      '--stdin',
      '-z',
      '-r',
      '--root',
      '--no-renames',
      '--name-status',
    ];
    const output = await git(args, { input: commits.map(({ sha }) => `${sha}\n`).join('') });
    const changed = new Map(commits.map(({ sha }) => [sha, { added: [], removed: [], modified: [] }]));
    let current: ChangedFiles | undefined;
    const tokens = output.toString('utf8').split('\0');
    for (let index = 0; index < tokens.length; index++) {
      const kind = KINDS[tokens[index] ?? ''];
      if (kind) current?.[kind].push(tokens[++index] ?? '');
      else current = changed.get(tokens[index] ?? '') ?? current;
    }
    return changed;
  }

  /** How many commits `to` has that `from` has not. */
  async countBetween(from: string, to: string): Promise<number> {
    return Number(await this.text('rev-list', '--count', `${from}..${to}`));
  }

  /** Whether one commit is part of another's past, or is the same. */
  isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    return this.text('merge-base', '--is-ancestor', ancestor, descendant).then(
      () => true,
      (error: unknown) => {
        if (error instanceof GitError && error.exitCode === 1) return false;
        throw error;
      },
    );
  }

  /** What `to` changes since it left `from`, as a patch; undefined when it is larger than `maxBytes`. */
  async patch(from: string, to: string, maxBytes: number): Promise<string | undefined> {
    const args = ['diff', '--no-color', '--no-ext-diff', '--no-textconv', `${from}...${to}`];
    return git(['--git-dir', this.path, ...args], { maxBytes }).then(String, () => undefined);
  }

  private async log(...range: readonly string[]): Promise<Commit[]> {
    const output = await this.text('log', '-z', `--format=${COMMIT_FORMAT}`, ...range, '--');
    const fields = output === '' ? [] : output.replace(/\0$/, '').split('\0');
    const count = Math.ceil(fields.length / COMMIT_FIELDS.length);
    return Array.from({ length: count }, (_, index) =>
      toCommit(fields.slice(index * COMMIT_FIELDS.length, (index + 1) * COMMIT_FIELDS.length)),
    );
  }

  /** Runs git on this repository. @throws GitError */
  async text(...args: readonly string[]): Promise<string> {
    return (await git(['--git-dir', this.path, ...args])).toString('utf8').trimEnd();
  }
}

function toCommit(fields: readonly string[]): Commit {
  const [sha = '', tree = '', parents = '', an = '', ae = '', ad = '', cn = '', ce = '', cd = '', message = ''] =
    fields;
  return {
    sha,
    tree,
    parents: parents.split(' ').filter(Boolean),
    author: { name: an, email: ae, date: moment(ad) },
    committer: { name: cn, email: ce, date: moment(cd) },
    message: message.trimEnd(),
  };
}

/** A commit may carry a time that is none; git says nothing then. */
function moment(text: string): string {
  const time = Date.parse(text);
  return new Date(Number.isNaN(time) ? 0 : time).toISOString();
}

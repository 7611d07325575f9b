import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { git } from '../../../platform/git/git.js';
import { compare, type Diff } from './diff.js';
import { setNestedRepositoriesAside } from './nested-repositories.js';

const CLONE_SECONDS = 300;
const PREFIX = 'yudai-solve-';

/**
 * A commit checked out for a sandbox. The server keeps a repository of its own beside the tree, which the sandbox never
 * sees: the tree's `.git` belongs to the agent and may say anything, so it is never asked.
 */
export class WorkTree {
  private constructor(
    private readonly home: string,
    readonly base: string,
  ) {}

  /** The folder that the sandbox gets. */
  get path(): string {
    return join(this.home, 'tree');
  }

  private get gitDir(): string {
    return join(this.home, 'server.git');
  }

  /** Checks `commit` of a bare repository out, in the machine's folder for temporary files. */
  static async checkOut(repository: string, commit: string, signal: AbortSignal): Promise<WorkTree> {
    const home = await mkdtemp(join(tmpdir(), PREFIX));
    // The sandbox's user must be able to pass through; the server's repository beside the tree stays closed.
    await chmod(home, 0o711);
    const tree = new WorkTree(home, commit);
    try {
      await tree.fill(repository, signal);
      return tree;
    } catch (error) {
      await tree.remove();
      throw error;
    }
  }

  /** Removes trees that a killed worker left on this machine: those untouched for longer than a stretch of work can take. */
  static async sweep(longestSeconds: number): Promise<void> {
    for (const name of await readdir(tmpdir())) {
      if (!name.startsWith(PREFIX)) continue;
      const home = join(tmpdir(), name);
      const used = await stat(home).catch(() => undefined);
      if (used && Date.now() - used.mtimeMs > longestSeconds * 1_000) await removeFolder(home);
    }
  }

  private async fill(repository: string, signal: AbortSignal): Promise<void> {
    const options = { signal, seconds: CLONE_SECONDS };
    await mkdir(this.gitDir, { mode: 0o700 });
    await git(['init', '--quiet', '--bare', '--template=', this.gitDir], options);
    const source = pathToFileURL(repository).href;
    await git(['--git-dir', this.gitDir, 'fetch', '--quiet', '--no-tags', '--depth=1', source, this.base], options);
    await git(['--git-dir', this.gitDir, 'update-ref', 'refs/heads/base', this.base], options);
    const own = pathToFileURL(this.gitDir).href;
    await git(['clone', '--quiet', '--template=', '--branch=base', own, this.path], options);
    await git(['-C', this.path, 'remote', 'remove', 'origin'], options);
  }

  /** What the tree holds against the base commit. Not while a command runs in it. @throws as `compare` does */
  async diff(): Promise<Diff> {
    await chmod(this.path, 0o755);
    const putBack = await setNestedRepositoriesAside(this.path, join(this.home, 'aside'));
    try {
      return await compare({ gitDir: this.gitDir, tree: this.path, base: this.base, home: this.home });
    } finally {
      await putBack();
    }
  }

  /** Brings a tree that was just checked out to the state that a diff against the base commit describes. */
  async apply(patch: string): Promise<void> {
    if (patch === '') return;
    await git(['-C', this.path, 'apply', '--binary', '--whitespace=nowarn', '-'], { input: patch });
  }

  async remove(): Promise<void> {
    await removeFolder(this.home);
  }
}

/** Also where a command has taken its owner's right to folders away. */
async function removeFolder(folder: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 3 };
  await rm(folder, options).catch(async () => {
    await openFolders(folder);
    await rm(folder, options);
  });
}

async function openFolders(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => undefined);
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (entry.isDirectory()) await openFolders(join(folder, entry.name));
  }
}

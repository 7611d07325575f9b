import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diff } from './diff.js';
import { WorkTree } from './work-tree.js';

describe('WorkTree', () => {
  const signal = new AbortController().signal;
  let home: string;
  let repository: string;
  let commit: string;

  function run(cwd: string, ...args: string[]): string {
    return execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], {
      cwd,
      encoding: 'utf8',
    }).trim();
  }

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'yudai-worktree-'));
    repository = join(home, 'source');
    await mkdir(repository);
    run(repository, 'init', '-q');
    await writeFile(join(repository, 'a.txt'), 'one\ntwo\n');
    await writeFile(join(repository, '.gitignore'), 'ignored\n');
    await writeFile(join(repository, 'наименование.txt'), 'x\n');
    run(repository, 'add', '.');
    run(repository, 'commit', '-qm', 'first');
    commit = run(repository, 'rev-parse', 'HEAD');
  });

  afterAll(async () => {
    await rm(home, { recursive: true, force: true });
  });

  it('checks a commit out and shows what was changed, added and removed, but nothing that is ignored', async () => {
    const tree = await WorkTree.checkOut(repository, commit, signal);
    await writeFile(join(tree.path, 'a.txt'), 'one\nTWO\n');
    await writeFile(join(tree.path, 'new.txt'), 'n\n');
    await writeFile(join(tree.path, 'ignored'), 'i\n');
    await rm(join(tree.path, 'наименование.txt'));
    const diff = await tree.diff();
    await tree.remove();
    expect(diff).toMatchObject({ files: 3, insertions: 2, deletions: 2 });
    expect(diff.patch).toContain('+TWO');
    expect(diff.patch).not.toContain('ignored');
  });

  it('gives the agent a repository without a way back to the source', async () => {
    const tree = await WorkTree.checkOut(repository, commit, signal);
    expect(run(tree.path, 'remote')).toBe('');
    expect(run(tree.path, 'rev-parse', 'HEAD')).toBe(commit);
    await tree.remove();
  });

  it("runs nothing that the tree's own repository or attributes ask for", async () => {
    const tree = await WorkTree.checkOut(repository, commit, signal);
    const planted = join(home, 'planted');
    const script = join(home, 'script.sh');
    await writeFile(script, `#!/bin/sh\ntouch ${planted}\ncat\n`);
    await chmod(script, 0o755);
    run(tree.path, 'config', 'core.fsmonitor', script);
    run(tree.path, 'config', 'filter.evil.clean', script);
    run(tree.path, 'config', 'diff.evil.textconv', script);
    run(tree.path, 'config', 'diff.external', script);
    await writeFile(join(tree.path, '.gitattributes'), '* filter=evil diff=evil\n');
    await writeFile(join(tree.path, 'a.txt'), 'changed\n');
    const diff = await tree.diff();
    await tree.remove();
    expect(diff.patch).toContain('+changed');
    expect(existsSync(planted)).toBe(false);
  });

  it('shows a link as a link, not as what it leads to', async () => {
    const tree = await WorkTree.checkOut(repository, commit, signal);
    const secret = join(home, 'secret');
    await writeFile(secret, 'canary\n');
    await symlink(secret, join(tree.path, 'link'));
    const { patch } = await tree.diff();
    await tree.remove();
    expect(patch).not.toContain('canary');
    expect(patch).toContain('new file mode 120000');
  });

  it('goes on from a diff, binary files included', async () => {
    const first = await WorkTree.checkOut(repository, commit, signal);
    await writeFile(join(first.path, 'a.txt'), 'one\nthree\n');
    await writeFile(join(first.path, 'image.bin'), Buffer.from([0, 1, 2, 255, 0]));
    const { patch } = await first.diff();
    await first.remove();
    const second = await WorkTree.checkOut(repository, commit, signal);
    await second.apply(patch);
    expect(await readFile(join(second.path, 'a.txt'), 'utf8')).toBe('one\nthree\n');
    expect(await readFile(join(second.path, 'image.bin'))).toEqual(Buffer.from([0, 1, 2, 255, 0]));
    expect((await second.diff()).patch).toBe(patch);
    await second.remove();
  });

  /** The diff of what `change` does to a fresh tree, and the same diff made again from a tree that it was applied to. */
  async function diffOf(change: (path: string) => Promise<void>): Promise<Diff> {
    const tree = await WorkTree.checkOut(repository, commit, signal);
    const copy = await WorkTree.checkOut(repository, commit, signal);
    try {
      await change(tree.path);
      const diff = await tree.diff();
      await copy.apply(diff.patch);
      expect((await copy.diff()).patch).toBe(diff.patch);
      return diff;
    } finally {
      await tree.remove();
      await copy.remove();
    }
  }

  it('sees what is in a repository inside of the tree, and leaves that repository alone', async () => {
    const tree = await WorkTree.checkOut(repository, commit, signal);
    await mkdir(join(tree.path, 'inner'));
    run(join(tree.path, 'inner'), 'init', '-q');
    await writeFile(join(tree.path, 'inner', 'file.txt'), 'hidden?\n');
    await mkdir(join(tree.path, 'outer'));
    await symlink(join(repository, '.git'), join(tree.path, 'outer', '.git'));
    await writeFile(join(tree.path, 'outer', 'file.txt'), 'also hidden?\n');
    const diff = await tree.diff();
    expect(diff.files).toBe(2);
    expect(diff.patch).toContain('+hidden?');
    expect(diff.patch).toContain('+also hidden?');
    expect(run(join(tree.path, 'inner'), 'status', '--short')).toBe('?? file.txt');
    await tree.remove();
  });

  it("goes by its own repository, whatever the tree's own has become", async () => {
    const diff = await diffOf(async (path) => {
      await rm(join(path, '.git'), { recursive: true });
      await symlink('/etc', join(path, '.git'));
      await writeFile(join(path, 'a.txt'), 'one\nchanged\n');
    });
    expect(diff).toMatchObject({ files: 1, insertions: 1, deletions: 1 });
  });

  it('is not kept from showing a change by attributes that the tree brings', async () => {
    const diff = await diffOf(async (path) => {
      await writeFile(join(path, '.gitattributes'), '* -diff\n* binary\n');
      await writeFile(join(path, 'a.txt'), 'one\nin the open\n');
    });
    expect(diff.patch).toContain('+in the open');
  });

  it('shows a file of another encoding as binary, and the others as they are', async () => {
    const diff = await diffOf(async (path) => {
      await writeFile(join(path, 'a.txt'), 'one\nvisible\n');
      await writeFile(join(path, 'latin [1].txt'), Buffer.from('caf\xe9\n', 'latin1'));
      await writeFile(join(path, 'late.txt'), `${'x'.repeat(20_000)}\0\n`);
      await writeFile(Buffer.concat([Buffer.from(`${path}/`), Buffer.from([0xff, 0xfe])]), 'odd name\n');
    });
    expect(diff.files).toBe(4);
    expect(diff.patch).not.toMatch(/[\0\uFFFD]/);
    expect(diff.patch).toContain('GIT binary patch');
  });

  it('shows only the file of another encoding as binary', async () => {
    const diff = await diffOf(async (path) => {
      await writeFile(join(path, 'a.txt'), 'one\nvisible\n');
      await writeFile(join(path, 'latin [1].txt'), Buffer.from('caf\xe9\n', 'latin1'));
    });
    expect(diff.patch).toContain('+visible');
    expect(diff.patch).toContain('GIT binary patch');
  });

  it('leaves out what is no file, and what git would not take, and keeps the rest', async () => {
    const diff = await diffOf(async (path) => {
      execFileSync('mkfifo', [join(path, 'pipe')]);
      await mkdir(join(path, '.GIT'));
      await writeFile(join(path, '.GIT', 'config'), '[core]\n\tfsmonitor = true\n');
      await writeFile(join(path, 'a.txt'), 'one\nkept\n');
    });
    expect(diff).toMatchObject({ files: 1 });
    expect(diff.patch).toContain('+kept');
  });

  it('counts a renamed file once, whatever it is called', async () => {
    const diff = await diffOf((path) => rename(join(path, 'a.txt'), join(path, '7\t7\t"b"\n.txt')));
    expect(diff).toMatchObject({ files: 1, insertions: 0, deletions: 0 });
  });

  it('refuses a diff that nobody could read', async () => {
    const tree = await WorkTree.checkOut(repository, commit, signal);
    await writeFile(join(tree.path, 'large'), randomBytes(6 * 1024 * 1024));
    await expect(tree.diff()).rejects.toMatchObject({ code: 'solver.diff-too-large' });
    await rm(join(tree.path, 'large'));
    expect(await tree.diff()).toMatchObject({ files: 0, patch: '' });
    await tree.remove();
  });

  it('sees a change of a file whose size and time are as before', async () => {
    const tree = await WorkTree.checkOut(repository, commit, signal);
    const path = join(tree.path, 'a.txt');
    await tree.diff();
    const { atime, mtime } = await stat(path);
    await writeFile(path, 'one\nTWO\n');
    await utimes(path, atime, mtime);
    expect((await tree.diff()).patch).toContain('+TWO');
    await tree.remove();
  });

  it('is gone after its removal, locked folders included', async () => {
    const tree = await WorkTree.checkOut(repository, commit, signal);
    await mkdir(join(tree.path, 'locked', 'inner'), { recursive: true });
    await writeFile(join(tree.path, 'locked', 'inner', 'x'), 'x');
    await chmod(join(tree.path, 'locked', 'inner'), 0o000);
    await chmod(join(tree.path, 'locked'), 0o000);
    await tree.remove();
    expect(existsSync(tree.path)).toBe(false);
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
});

import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf } from './patch-files.js';

describe('filesOf', () => {
  let home: string;

  function run(...args: string[]): string {
    const settings = ['-c', 'user.name=T', '-c', 'user.email=t@example.com'];
    return execFileSync('git', [...settings, ...args], { cwd: home, encoding: 'utf8' });
  }
  const write = (name: string, content: string | Buffer): Promise<void> => writeFile(join(home, name), content);

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'yudai-patch-'));
    run('init', '-q');
    await write('a b.txt', 'one\n'.repeat(10));
    await write('gone "x".txt', 'x\n');
    await write('script.sh', 'x\n');
    await write('tricky.txt', '-- a\n++ b\n');
    run('add', '.');
    run('commit', '-qm', 'first');
    await rename(join(home, 'a b.txt'), join(home, 'ä\t"q".txt'));
    await rm(join(home, 'gone "x".txt'));
    await chmod(join(home, 'script.sh'), 0o755);
    await write('binary', Buffer.from([0, 1, 2, 3]));
    await write('empty b-name', '');
    await write('tricky.txt', 'diff --git a/x b/x\n+++ b/other\n--- a/other\n');
    run('add', '-A');
  });

  afterAll(() => rm(home, { recursive: true }));

  it.each([['true'], ['false']])('lists what git has put into a patch, names quoted or not (%s)', (quote) => {
    const patch = run('-c', `core.quotePath=${quote}`, 'diff', '--cached', '--binary', '--full-index', '-M');
    const files = filesOf(patch).sort((a, b) => (a.path < b.path ? -1 : 1));
    const none = { insertions: 0, deletions: 0, binary: false };
    expect(files).toEqual([
      { path: 'binary', status: 'added', ...none, binary: true },
      { path: 'empty b-name', status: 'added', ...none },
      { path: 'gone "x".txt', status: 'deleted', ...none, deletions: 1 },
      { path: 'script.sh', status: 'modified', ...none },
      { path: 'tricky.txt', status: 'modified', insertions: 3, deletions: 2, binary: false },
      { path: 'ä\t"q".txt', previousPath: 'a b.txt', status: 'renamed', ...none },
    ]);
  });

  it('finds no file in an empty patch', () => {
    expect(filesOf('')).toEqual([]);
  });
});

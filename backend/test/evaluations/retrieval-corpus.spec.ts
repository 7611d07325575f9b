import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryAt } from '../../bench/retrieval/corpus.js';
import { git } from '../../src/platform/git/git.js';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'yudai-corpus-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const said = async (args: readonly string[]): Promise<string> => (await git(args)).toString().trim();

function commitOf(version: number, text: string): string {
  const message = `Version ${version}, which says ${'a'.repeat(40)}`;
  return `commit refs/heads/main\ncommitter T <t@example.com> 176000000${version} +0000\ndata ${message.length}\n${message}\nM 100644 inline src/cart.js\ndata ${text.length}\n${text}\n`;
}

it('a partial clone is served with empty files for what it does not hold', async () => {
  const source = join(folder, 'partial');
  await git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', source]);
  const input = [1, 2, 3].map((version) => commitOf(version, `export const version = ${version};\n`)).join('');
  await git(['--git-dir', source, 'fast-import', '--quiet'], { input });
  const inSource = (...args: readonly string[]): Promise<string> => said(['--git-dir', source, ...args]);
  const commit = await inSource('rev-parse', 'main');
  const absent = await inSource('rev-parse', 'main~1:src/cart.js');
  await rm(join(source, 'objects', absent.slice(0, 2), absent.slice(2)));
  const clone = (from: string, to: string): Promise<string> =>
    said(['clone', '--quiet', '--bare', `file://${from}`, to]);
  await expect(clone(source, join(folder, 'broken'))).rejects.toThrow(/clone failed/);

  const served = join(folder, 'served');
  await clone(await repositoryAt(source, 'acme', 'shop', commit), served);
  const log = ['log', '--format=%s %ct', '--name-only'];
  expect(await said(['--git-dir', served, ...log, 'main'])).toBe(await inSource(...log, 'main'));
  expect(await said(['--git-dir', served, 'rev-parse', 'main^{tree}'])).toBe(
    await inSource('rev-parse', 'main^{tree}'),
  );
  expect(await said(['--git-dir', served, 'show', 'main~1:src/cart.js'])).toBe('');
  expect(await said(['--git-dir', served, 'show', 'main~2:src/cart.js'])).toBe('export const version = 1;');
});

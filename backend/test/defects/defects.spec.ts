import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signIn, spawnWorker, startApi, startStack, waitFor } from '../support/index.js';
import { ROOT } from '../support/sources.js';

const NUMBERS = [...range('D', 18), ...range('V', 13)];

function range(letter: string, last: number): string[] {
  return Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);
}

describe('docs/defects.md', () => {
  const lines = readFileSync(join(ROOT, 'docs/defects.md'), 'utf8').split('\n');
  const rows = lines.flatMap((line) => [...line.matchAll(/^\| ([DV]\d+) +\|.*\| ([^|]+)\|$/g)]);
  const files = new Map(rows.map(([, id = '', named = '']) => [id, named]));

  it('knows every defect of the original product', () => {
    expect([...files.keys()]).toEqual(NUMBERS);
  });

  it.each(NUMBERS)('names a test of %s that is there and says so', (id) => {
    const tests = (files.get(id) ?? '').split(', ').map((path) => path.replaceAll('`', '').trim());
    for (const path of tests) {
      const text = readFileSync(join(ROOT, path), 'utf8');
      expect([path, new RegExp(`['"\`(][^'"\`\\n]*\\b${id}\\b`).test(text)]).toEqual([path, true]);
    }
  });
});

it('D9: api and worker start on a database without users, and bring none', async () => {
  const stack = await startStack({ forge: true, model: true });
  try {
    const api = await startApi(stack);
    await spawnWorker(stack);
    const tables = ['users', 'logins', 'api_tokens', 'github_tokens', 'repositories', 'sessions', 'messages', 'issues'];
    const count = async (): Promise<unknown[]> =>
      Promise.all(tables.map(async (table) => (await stack.sql(`SELECT 1 FROM ${table}`)).length));
    expect(await count()).toEqual(tables.map(() => 0));
    await signIn(api, 'member');
    expect(await stack.sql('SELECT login FROM users')).toEqual([{ login: 'member' }]);
  } finally {
    await stack.stop();
  }
});

/** Commits that git itself would not make: without a message, without an author, with a time that is none. */
function oddHistory(folder: string): void {
  const git = (input: string, ...args: string[]): string =>
    execFileSync('git', ['-C', folder, ...args], { input, encoding: 'utf8' }).trim();
  git('', 'init', '--quiet', '--initial-branch=main');
  writeFileSync(join(folder, 'boats.js'), 'export function harbour() {\n  return "the boats sail to Bergen";\n}\n');
  git('', 'add', '--all');
  const tree = git('', 'write-tree');
  let parent = '';
  for (const [author, message] of [
    ['  <> 0 +0000', ''],
    ['A U Thor <a@b> 99999999999999 +0000', '\n\n'],
    ['<>  ', 'x'],
    ['Ä <ä@ö> 1700000000 +9999', '\u0001 <!-- odd --> \n'],
  ]) {
    const text = `tree ${tree}\n${parent ? `parent ${parent}\n` : ''}author ${author}\ncommitter ${author}\n\n${message}`;
    parent = git(text, 'hash-object', '-t', 'commit', '-w', '--literally', '--stdin');
  }
  git('', 'update-ref', 'refs/heads/main', parent);
}

it('D10: commits without a message, an author or a time are talked about like any other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yudai-odd-'));
  oddHistory(folder);
  const stack = await startStack({ forge: true, model: true, repositories: [folder] });
  try {
    const api = await startApi(stack);
    await spawnWorker(stack);
    const member = await signIn(api, 'member');
    const [repository] = (
      await member.get<{ items: { owner: string; name: string }[] }>('/api/github/repositories?query=local/')
    ).body.items;
    const wish = { owner: repository?.owner, repo: repository?.name };
    expect((await member.get(`/api/github/repositories/${wish.owner}/${wish.repo}/branches`)).status).toBe(200);
    const { status, body } = await member.post<{ id: string }>('/api/sessions', wish);
    expect(status).toBe(201);
    const path = `/api/sessions/${body.id}`;
    await waitFor(
      'the index',
      async () => (await member.get<{ status: string }>(`${path}/index`)).body.status === 'ready',
    );
    const sent = await member.post<{ answer: { id: string } }>(`${path}/messages`, {
      text: 'Where do the boats sail to?',
      clientMessageId: 'odd-1',
    });
    const answer = await waitFor('the answer', async () => {
      const { items } = (
        await member.get<{ items: { id: string; status: string; text: string }[] }>(`${path}/messages`)
      ).body;
      return items.find(({ id, status: state }) => id === sent.body.answer.id && state !== 'streaming');
    });
    expect([answer.status, answer.text]).toEqual(['complete', expect.stringContaining('Bergen')]);
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

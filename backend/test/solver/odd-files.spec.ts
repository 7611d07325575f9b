import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { newId } from '../../src/platform/database/ids.js';
import { startWorker } from '../support/index.js';
import { ended, type Problem, type Solve, start } from './solving.js';
import { type ScriptedStack, startScriptedStack } from './stack-with-script.js';

interface Diff {
  readonly files: readonly { path: string; previousPath?: string; status: string; binary: boolean }[];
  readonly patch: string;
}

/** What no diff should stumble over; the last line is a link out of the tree. */
const ODD = String.raw`
mkdir -p 'a.b' 'with space/тест' nested && cd nested && git init -q . && cd ..
echo 'module.exports = 1;' > 'a.b/c.js'
echo changed > 'with space/тест/файл "quoted".txt'
printf 'caf\xe9\n' > latin.txt
head -c 3000 /dev/urandom > picture.png
echo inside > nested/file.txt
mv LICENSE LICENSE.md
chmod +x run.sh
mkfifo pipe
ln -s /etc/passwd link
`;

describe('a repository with a dot in its name, without tests, and a change of odd files', () => {
  let on: ScriptedStack;
  let issueId: string;
  let solve: Solve;

  beforeAll(async () => {
    on = await startScriptedStack();
    await startWorker(on.stack);
    const forge = (path: string, body: object): Promise<Response> =>
      fetch(`${on.stack.forgeUrl}/_forge/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const files = { LICENSE: 'Free.\n'.repeat(20), 'run.sh': '#!/bin/sh\n', 'README.md': '# a.b\n' };
    await forge('repositories', { name: 'acme/a.b', files });
    await forge('permissions', { login: 'member', repository: 'acme/a.b', permission: 'write' });
    const session = await on.member.post<{ id: string }>('/api/sessions', { owner: 'acme', repo: 'a.b' });
    issueId = newId();
    await on.stack.sql(
      `INSERT INTO issues (id, session_id, created_by, status, title, body, labels, assignees, acceptance)
       SELECT $1, session_id, user_id, 'draft', 'Odd files', 'Make some.', '{}', '{}', '{}' FROM session_members WHERE session_id = $2`,
      [issueId, session.body.id],
    );
    solve = await ended(on.member, (await start(on.member, issueId, on.model.play('odd', ODD))).id);
  }, 300_000);

  afterAll(() => on.stack.stop());

  it('V2: an issue that is only a draft is solved; nothing confirms the change where there are no tests', () => {
    expect(solve).toMatchObject({ status: 'unverified', reason: 'tests.none' });
    expect(solve.tests).toBeUndefined();
  });

  it('V13: lists every changed file under its name', async () => {
    const { body } = await on.member.get<Diff>(`/api/solves/${solve.id}/diff`, { accept: 'application/json' });
    const listed = body.files.map(({ path, status, binary }) => `${status} ${path}${binary ? ' (binary)' : ''}`);
    expect(listed.sort()).toEqual([
      'added a.b/c.js',
      'added latin.txt (binary)',
      'added link',
      'added nested/file.txt',
      'added picture.png (binary)',
      'added with space/тест/файл "quoted".txt',
      'modified run.sh',
      'renamed LICENSE.md',
    ]);
    expect(body.patch).not.toContain('root:');
  });

  it('pushes exactly these files, byte for byte', async () => {
    const opened = await on.member.post<{ url: string }>(`/api/solves/${solve.id}/pull-request`, {
      title: 'Odd files',
    });
    expect(opened.status).toBe(201);
    expect(opened.body.url).toContain('/acme/a.b/pull/');
    const bare = execFileSync('find', [join(on.stack.folder, 'forge'), '-type', 'd', '-name', 'a.b.git'], {
      encoding: 'utf8',
    }).trim();
    const git = (...args: string[]): Buffer => execFileSync('git', ['--git-dir', bare, ...args]);
    const [pull] = await on.stack.sql<{ head: string; body: string }>('SELECT head, body FROM pull_requests');
    const head = pull?.head ?? '';
    expect(git('show', `${head}:latin.txt`)).toEqual(Buffer.from('caf\xe9\n', 'latin1'));
    expect(git('cat-file', '-s', `${head}:picture.png`).toString()).toBe('3000\n');
    expect(git('ls-tree', head, 'link', 'run.sh').toString()).toMatch(/^120000 .*\n100755 /);
    expect(git('show', `${head}:link`).toString()).toBe('/etc/passwd');
    expect(git('show', `${head}:a.b/c.js`).toString()).toBe('module.exports = 1;\n');
    expect(pull?.body).not.toContain('Closes');
  });

  it('says so when the diff is larger than anybody could review', async () => {
    const wish = on.model.play('large', 'head -c 8000000 /dev/urandom > big');
    const large = await ended(on.member, (await start(on.member, issueId, wish)).id);
    expect(large).toMatchObject({ status: 'failed', reason: 'solver.diff-too-large' });
    const refused = await on.member.post<Problem>(`/api/solves/${large.id}/pull-request`, {});
    expect(refused.status).toBe(409);
  });
});

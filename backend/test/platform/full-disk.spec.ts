import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiClient, signIn, type Stack, startApi, startStack, type TestApi } from '../support/index.js';
import { GitMirror } from '../../src/modules/github/index.js';
import { ForgeControl } from '../github/forge-control.js';

const tmpfs = mountable();

/** Small disks are made by root only; elsewhere this is reported as not run. */
(tmpfs ? describe : describe.skip)('a disk that fills up while the product runs', () => {
  let stack: Stack;
  let api: TestApi;
  let member: ApiClient;
  let disk: string;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    disk = join(stack.folder, 'small');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'none', disk]);
    stack.onStop(() => Promise.resolve(execFileSync('umount', [disk])));
    api = await startApi(stack, { DATA_DIR: disk });
    member = await signIn(api, 'member');
  });
  afterAll(() => stack.stop());

  it('is named where a repository does not fit; the product goes on', async () => {
    const noise = Array.from({ length: 120_000 }, () => Math.random().toString(36).slice(2)).join('\n');
    await new ForgeControl(stack).post('/repositories', { name: 'acme/large', files: { 'a.txt': noise } });
    await member.get('/api/github/repositories/acme/large');
    const [row] = await stack.sql<{ userId: string; repositoryId: string }>(
      `SELECT users.id AS "userId", repositories.id AS "repositoryId" FROM users, repositories
        WHERE users.login = 'member' AND repositories.name = 'large'`,
    );
    await expect(api.get(GitMirror).fetch({ ...row!, branch: 'main' })).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'storage.full',
      message: expect.stringMatching(/disk of the server is full\. Make room/) as string,
    });
    expect((await member.get('/api/github/repositories/acme/large')).status).toBe(200);
  });
});

function mountable(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'yudai-disk-'));
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder]).status === 0;
  if (isMounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return isMounted;
}

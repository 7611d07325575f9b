import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ApiClient,
  signIn,
  type Stack,
  startApi,
  startStack,
  startWorker,
  type TestApi,
  type TestApp,
  waitFor,
} from '../support/index.js';
import { GitMirror, RepositoriesService } from '../../src/modules/github/index.js';
import { MirrorCare } from '../../src/modules/github/jobs/mirror-care.task.js';
import { ForgeControl } from './forge-control.js';

describe('mirrors of repositories', () => {
  let stack: Stack;
  let api: TestApi;
  let worker: TestApp;
  let forge: ForgeControl;
  let member: ApiClient;
  let userId: string;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
    worker = await startWorker(stack);
    forge = new ForgeControl(stack);
    member = await signIn(api, 'member');
    userId = (await member.get<{ id: string }>('/api/auth/me')).body.id;
  });
  afterAll(() => stack.stop());

  async function mirrored(name: string) {
    await forge.post('/repositories', { name, private: true, files: { 'a.txt': 'a' } });
    const [owner = '', repo = ''] = name.split('/');
    const { repositoryId, githubId } = await api.get(RepositoriesService).access(userId, owner, repo);
    const { path, commit } = await worker.get(GitMirror).fetch({ userId, repositoryId, branch: 'main' });
    return { repositoryId, githubId: Number(githubId), path, commit };
  }
  /** Waits for a while, and says that it is still there when it is. */
  async function goes(path: string): Promise<void> {
    await waitFor('the mirror to go', () => !existsSync(path), 30_000).catch(() => undefined);
    expect(existsSync(path)).toBe(false);
  }
  const tell = (event: string, payload: object) => forge.post('/deliveries', { event, payload });
  const account = (login: string) => ({ id: 7, account: { login }, suspended_at: null });

  it('go when the App is taken off an account, and come back with it', async () => {
    const [one, other] = [await mirrored('hooli/one'), await mirrored('acme/kept')];
    await tell('installation', { action: 'deleted', installation: account('hooli'), repositories: [] });
    await goes(one.path);
    expect(existsSync(other.path)).toBe(true);
    await worker.get(GitMirror).fetch({ userId, repositoryId: one.repositoryId, branch: 'main' });
    expect(existsSync(one.path)).toBe(true);
  });

  it('go when the App may no longer see a repository, and when that is deleted', async () => {
    const [one, two, three] = [
      await mirrored('acme/first'),
      await mirrored('acme/second'),
      await mirrored('acme/third'),
    ];
    await tell('installation_repositories', {
      action: 'removed',
      installation: account('acme'),
      repositories_removed: [{ id: one.githubId }],
    });
    await goes(one.path);
    const repository = { id: two.githubId, name: 'second', owner: { login: 'acme' }, private: true };
    await tell('repository', { action: 'deleted', repository });
    await goes(two.path);
    expect(existsSync(three.path)).toBe(true);
  });

  it('go on a machine whose worker did not hear of it, once nobody has asked for them again', async () => {
    const [lost, used] = [await mirrored('acme/lost'), await mirrored('acme/used')];
    await stack.sql('DELETE FROM repository_permissions WHERE repository_id = $1', [lost.repositoryId]);
    await worker.get(MirrorCare).round(600);
    expect(existsSync(lost.path)).toBe(true);
    const before = new Date(Date.now() - 700_000);
    for (const { path } of [lost, used]) await utimes(join(path, 'FETCH_HEAD'), before, before);
    await worker.get(MirrorCare).round(600);
    expect([existsSync(lost.path), existsSync(used.path)]).toEqual([false, true]);
  });

  it('are packed when they have become many pieces; what they hold stays', async () => {
    const { path, commit } = await mirrored('acme/pieces');
    const git = (input: string, ...args: string[]): string =>
      execFileSync('git', ['--git-dir', path, ...args], { input, encoding: 'utf8' }).trim();
    for (let n = 0; n < 25; n++) {
      const oid = git(`piece ${n}`, 'hash-object', '-w', '--stdin');
      git(`${oid}\n`, 'pack-objects', '-q', join(path, 'objects/pack/pack'));
    }
    const packs = (): number => Number(/^packs: (\d+)$/m.exec(git('', 'count-objects', '-v'))?.[1]);
    expect(packs()).toBeGreaterThanOrEqual(25);
    await worker.get(MirrorCare).round(600);
    expect(packs()).toBeLessThan(5);
    expect(git('', 'show', `${commit}:a.txt`)).toBe('a');
  });

  it('take `feature/x` where there was a branch `feature`, and the other way round; what was read before stays', async () => {
    const { repositoryId } = await mirrored('acme/renamed');
    const forgeDir = join(stack.folder, 'forge');
    const bare = readdirSync(forgeDir, { recursive: true, encoding: 'utf8' }).find((path) =>
      path.endsWith('acme/renamed.git'),
    );
    const deleted = (branch: string): unknown =>
      execFileSync('git', ['--git-dir', join(forgeDir, bare ?? ''), 'update-ref', '-d', `refs/heads/${branch}`]);
    const pushed = (branch: string, text: string): Promise<void> =>
      forge.post('/repositories/acme/renamed/commits', { branch, message: text, files: { 'a.txt': text } });
    const read = async (branch: string) => {
      const { path, commit } = await worker.get(GitMirror).fetch({ userId, repositoryId, branch });
      const file = await worker.get(GitMirror).readFile(repositoryId, commit, 'a.txt');
      return { path, commit, text: file.toString() };
    };

    await pushed('first', 'one');
    await pushed('second/x', 'two');
    const before = [await read('first'), await read('second/x')];
    deleted('first');
    deleted('second/x');
    await pushed('first/x', 'three');
    await pushed('second', 'four');
    expect([await read('first/x'), await read('second')].map(({ text }) => text)).toEqual(['three', 'four']);
    for (const { path, commit, text } of before) {
      execFileSync('git', ['--git-dir', path, 'gc', '--quiet', '--prune=now']);
      const cited = await worker.get(GitMirror).readFile(repositoryId, commit, 'a.txt');
      expect(cited.toString()).toBe(text);
    }
  });

  it('a push stands on the audit trail with the id that GitHub gave it', async () => {
    const { repositoryId, commit } = await mirrored('acme/pushed');
    await worker.get(GitMirror).push({ userId, repositoryId, branch: 'fix', commit });
    await forge.permission('member', 'acme/pushed', 'read');
    await waitFor('the right to be gone', async () => {
      const wish = { userId, repositoryId, branch: 'other', commit };
      return worker
        .get(GitMirror)
        .push(wish)
        .then(
          () => false,
          () => true,
        );
    });
    const entries = await stack.sql<{ result: string; details: Record<string, unknown> }>(
      "SELECT result, details FROM audit_entries WHERE action = 'github.call' AND repository = 'acme/pushed' ORDER BY seq",
    );
    const id = expect.stringMatching(/\S{4,}/) as string;
    expect(entries[0]).toMatchObject({
      result: 'ok',
      details: { endpoint: 'git push', status: 200, githubRequestId: id },
    });
    expect(entries.at(-1)).toMatchObject({
      result: 'denied',
      details: { endpoint: 'git push', status: 403, githubRequestId: id },
    });
    expect(JSON.stringify(entries)).not.toMatch(/ghu_|Basic/);
  });
});

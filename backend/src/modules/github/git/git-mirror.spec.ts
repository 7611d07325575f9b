import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Config } from '../../../platform/config/config.js';
import { git, gitEnvironment } from '../../../platform/git/git.js';
import { GitMirror } from './git-mirror.js';
import type { GitRemote } from './git-remote.js';

const repositoryId = '0190a0a0-0000-7000-8000-000000000000';
const wish = { userId: 'somebody', repositoryId, branch: 'main' };
const unknown = (): string => randomBytes(20).toString('hex');

describe('commits that are asked for by their hash', () => {
  let folder: string;
  let mirrors: GitMirror;
  let remote: GitRemote;
  /** Users with whose right was fetched. */
  let fetched: string[];
  /** Of them, those that have got everything. */
  let received: number;
  let failure: Error | undefined;
  /** What a fetch still waits for when it has got everything. */
  let held: Promise<undefined> | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yudai-mirror-'));
    run('init', '--quiet', join(folder, 'work'));
    run('init', '--quiet', '--bare', join(folder, 'origin'));
    [fetched, received, failure, held] = [[], 0, undefined, undefined];
    const fetch: GitRemote['fetch'] = async ({ userId }, command) => {
      fetched.push(userId);
      if (failure) throw failure;
      await git(command(`file://${join(folder, 'origin')}`));
      received += 1;
      await held;
    };
    remote = { fetch } as GitRemote;
    mirrors = new GitMirror({ DATA_DIR: folder } as Config, remote);
    push(commit());
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });

  function run(...args: string[]): string {
    const who = { 'user.name': 'Somebody', 'user.email': 'somebody@example.com' };
    return execFileSync('git', args, { env: gitEnvironment(who), encoding: 'utf8' }).trim();
  }
  /** One that nobody else has yet. */
  function commit(): string {
    const work = ['-C', join(folder, 'work')];
    run(...work, 'commit', '--quiet', '--allow-empty', '-m', unknown());
    return run(...work, 'rev-parse', 'HEAD');
  }
  function push(sha: string): void {
    run('-C', join(folder, 'work'), 'push', '--quiet', join(folder, 'origin'), `${sha}:refs/heads/main`);
  }
  const later = (milliseconds: number): void => {
    const then = Date.now() + milliseconds;
    jest.spyOn(Date, 'now').mockImplementation(() => then);
  };

  it('cost two fetches at most, however many are asked for at once', async () => {
    const found = await Promise.all(Array.from({ length: 30 }, () => mirrors.bring(wish, unknown())));
    expect(found).not.toContain(true);
    expect(fetched.length).toBeLessThanOrEqual(2);
  });

  it('are not fetched again at once where a fetch did not bring them', async () => {
    const absent = unknown();
    for (let time = 0; time < 3; time++) expect(await mirrors.bring(wish, absent)).toBe(false);
    expect(fetched).toHaveLength(1);
    later(61_000);
    expect(await mirrors.bring(wish, absent)).toBe(false);
    expect(fetched).toHaveLength(2);
  });

  it('are found as soon as they are pushed, whatever else was absent', async () => {
    await Promise.all([mirrors.bring(wish, unknown()), mirrors.bring(wish, unknown())]);
    const pushed = commit();
    push(pushed);
    expect(await mirrors.bring(wish, pushed)).toBe(true);
  });

  it('are found by one who asks while an earlier fetch is under way', async () => {
    const gate = Promise.withResolvers<undefined>();
    held = gate.promise;
    const earlier = mirrors.bring(wish, unknown());
    while (received === 0) await setTimeout(10);
    const pushed = commit();
    push(pushed);
    const asked = mirrors.bring(wish, pushed);
    await setTimeout(100);
    gate.resolve(undefined);
    expect(await asked).toBe(true);
    expect(await earlier).toBe(false);
  });

  it('are found although a git that was killed has left its locks', async () => {
    await mirrors.fetch(wish);
    for (const name of ['shallow.lock', 'refs/branches/main.lock'])
      writeFileSync(join(mirrors.path(repositoryId), name), '');
    const pushed = commit();
    push(pushed);
    await expect(mirrors.bring(wish, pushed)).resolves.toBe(true);
  });

  it('are fetched by one process after the other', async () => {
    const other = new GitMirror({ DATA_DIR: folder } as Config, remote);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    held = promise;
    const both = [mirrors.fetch(wish), other.fetch(wish)];
    while (received === 0) await setTimeout(10);
    await setTimeout(500);
    expect(fetched).toHaveLength(1);
    resolve(undefined);
    await Promise.all(both);
    expect(fetched).toHaveLength(2);
  });

  it('that were absent are found after a while, and at once when the branch has moved', async () => {
    const [first, second] = [commit(), commit()];
    expect([await mirrors.bring(wish, first), await mirrors.bring(wish, second)]).toEqual([false, false]);
    push(first);
    later(61_000);
    expect(await mirrors.bring(wish, first)).toBe(true);
    const third = commit();
    expect(await mirrors.bring(wish, third)).toBe(false);
    push(second);
    await mirrors.fetch(wish);
    push(third);
    expect(await mirrors.bring(wish, third)).toBe(true);
  });

  it('are asked for again where fetching failed, and with the right of each who asks', async () => {
    failure = new Error('GitHub cannot be reached');
    const asked = ['one', 'other'].map((userId) => mirrors.bring({ ...wish, userId }, unknown()));
    for (const { status } of await Promise.allSettled(asked)) expect(status).toBe('rejected');
    expect(fetched).toEqual(['one', 'other']);
    failure = undefined;
    const pushed = commit();
    push(pushed);
    expect(await mirrors.bring(wish, pushed)).toBe(true);
  });
});

import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Description } from '../../src/local/forge/openapi/description.js';
import { TestProcess, waitFor } from '../support/index.js';
import { commit, git, gitFailure } from './git.js';
import { Scratch } from './servers.js';
import {
  api,
  CLIENT,
  control,
  type Fields,
  scratch as newFolder,
  testForge,
  type TestForge,
  tokenOf,
} from './test-forge.js';

const scratch = new Scratch();
const SECRET = 'a-webhook-secret-of-tests';

interface Received {
  readonly event: string;
  readonly delivery: string;
  readonly isSigned: boolean;
  readonly payload: Fields;
}

/** Whoever gets the webhooks; answers with `statuses`, one after the other, then with 202. */
class Hooks {
  readonly received: Received[] = [];
  readonly statuses: number[] = [];
  private server: Server | undefined;

  async listen(): Promise<string> {
    const server = createServer((req, res) => {
      const parts: Buffer[] = [];
      req.on('data', (part: Buffer) => parts.push(part));
      req.on('end', () => {
        const body = Buffer.concat(parts);
        this.received.push({
          event: String(req.headers['x-github-event']),
          delivery: String(req.headers['x-github-delivery']),
          isSigned:
            req.headers['x-hub-signature-256'] === `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
          payload: JSON.parse(body.toString('utf8')) as Fields,
        });
        res.writeHead(this.statuses.shift() ?? 202).end();
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  }

  of(event: string): Received[] {
    return this.received.filter((item) => item.event === event);
  }

  close(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}

describe('git over HTTP', () => {
  const hooks = new Hooks();
  let forge: TestForge;
  let member: string;
  let auditor: string;
  const url = (login: string, name = 'acme/todo-api'): string => `http://x:${login}@${forge.url.slice(7)}/${name}.git`;

  beforeAll(async () => {
    forge = await testForge({ webhook: { url: await hooks.listen(), secret: SECRET } });
    [member, auditor] = await Promise.all([tokenOf(forge.url, 'member'), tokenOf(forge.url, 'auditor')]);
  });
  afterAll(async () => {
    await forge.stop();
    hooks.close();
    await scratch.clear();
  });

  async function clone(...args: string[]): Promise<string> {
    const folder = join(scratch.folder(), 'clone');
    await git(scratch.folder(), 'clone', '-q', ...args, folder);
    return folder;
  }

  it('anybody clones what is public, also shallow and filtered', async () => {
    const folder = await clone(`${forge.url}/acme/todo-api.git`);
    expect(await git(folder, 'ls-files')).toContain('src/todos/paginate.js');
    const shallow = await clone('--depth=1', '--filter=blob:none', '--no-checkout', `${forge.url}/acme/todo-api`);
    expect(await git(shallow, 'rev-list', '--count', 'HEAD')).toBe('1');
  });

  it("the sample's own suite shows its bug", async () => {
    const folder = await clone(`${forge.url}/acme/todo-api.git`);
    expect(await git(folder, 'log', '--oneline')).not.toBe('');
    expect(await git(folder, 'show', 'HEAD:src/todos/paginate.js')).toContain('todos.length - 1');
  });

  it('fetches a single commit by its id, as the product does', async () => {
    const folder = await clone(`${forge.url}/acme/todo-api.git`);
    const first = await git(folder, 'rev-list', '--max-parents=0', 'HEAD');
    const bare = join(scratch.folder(), 'mirror');
    await git(scratch.folder(), 'init', '-q', '--bare', bare);
    await git(bare, 'fetch', '-q', '--depth=1', `${forge.url}/acme/todo-api.git`, first);
    expect(await git(bare, 'cat-file', '-t', first)).toBe('commit');
  });

  it('a push needs the right to write, and is told by a signed webhook', async () => {
    const folder = await clone(url(member));
    await git(folder, 'checkout', '-q', '-b', 'fix/one');
    const sha = await commit(folder, { 'new.txt': 'new', 'README.md': 'changed' });
    expect(await gitFailure(folder, 'push', '-q', url(auditor), 'HEAD')).toContain('denied to auditor');
    expect(await gitFailure(folder, 'push', '-q', `${forge.url}/acme/todo-api.git`, 'HEAD')).toMatch(
      /Username|Authentication/,
    );
    expect(await gitFailure(folder, 'push', '-q', url('ghu_made_up_0123456789'), 'HEAD')).toMatch(
      /Authentication failed|Invalid/,
    );
    hooks.received.length = 0;
    await git(folder, 'push', '-q', 'origin', 'HEAD');
    const [push] = await waitFor('the webhook', () => hooks.of('push').length > 0 && hooks.of('push'));
    expect(push).toMatchObject({
      isSigned: true,
      payload: {
        ref: 'refs/heads/fix/one',
        after: sha,
        before: '0'.repeat(40),
        created: true,
        repository: { full_name: 'acme/todo-api' },
        sender: { login: 'member' },
        head_commit: { id: sha, added: ['new.txt'], modified: ['README.md'] },
      },
    });
    const branch = await api(forge, member, 'GET /repos/acme/todo-api/branches/fix/one');
    expect(branch.body).toMatchObject({ commit: { sha } });
  });

  it('what is private is not there for strangers, and what is hidden not for members', async () => {
    expect(await gitFailure(scratch.folder(), 'ls-remote', `${forge.url}/globex/fleet-api.git`)).toMatch(
      /Username|Authentication/,
    );
    expect(await gitFailure(scratch.folder(), 'ls-remote', url(member, 'globex/fleet-api'))).toContain('not found');
    expect(await git(scratch.folder(), 'ls-remote', url(auditor, 'globex/fleet-api'))).toContain('refs/heads/main');
  });

  it('issues, pull requests and changes of rights are told by webhooks, too', async () => {
    await control(forge, 'POST /repositories/acme/todo-api/commits', {
      branch: 'fix/two',
      message: 'm',
      files: { 'x.txt': 'x' },
    });
    await api(forge, member, 'POST /repos/acme/todo-api/issues', { title: 'Told' });
    await api(forge, member, 'POST /repos/acme/todo-api/pulls', { title: 'Told too', head: 'fix/two', base: 'main' });
    await control(forge, 'POST /permissions', { login: 'member', repository: 'acme/todo-api', permission: 'read' });
    await waitFor('all three', () => ['issues', 'pull_request', 'member'].every((event) => hooks.of(event).length > 0));
    expect(hooks.of('issues')[0]).toMatchObject({
      isSigned: true,
      payload: { action: 'opened', issue: { title: 'Told' } },
    });
    expect(hooks.of('pull_request')[0]).toMatchObject({
      isSigned: true,
      payload: { pull_request: { head: { ref: 'fix/two' } } },
    });
    expect(hooks.of('member')[0]).toMatchObject({
      isSigned: true,
      payload: { action: 'edited', member: { login: 'member' } },
    });
    await control(forge, 'POST /permissions', { login: 'member', repository: 'acme/todo-api', permission: 'write' });
  });

  it('a receiver that fails gets the same delivery again', async () => {
    await waitFor('quiet', async () => {
      const { body } = await control<{ items: Fields[] }>(forge, 'GET /deliveries');
      return body.items.every((item) => String(item['state']) !== 'waiting');
    });
    hooks.received.length = 0;
    hooks.statuses.push(500, 503);
    await api(forge, member, 'POST /repos/acme/todo-api/issues', { title: 'Again and again' });
    await waitFor('the third try', () => hooks.received.length === 3);
    expect(new Set(hooks.received.map(({ delivery }) => delivery)).size).toBe(1);
  });
});

describe('the start of the forge', () => {
  it('fails when the schema of an operation cannot be compiled, and names it', async () => {
    const load = Description.load.bind(Description);
    const broken = jest.spyOn(Description, 'load').mockImplementation(() => {
      const description = load();
      const operation = description.operation.bind(description);
      description.operation = (route) => {
        const described = operation(route);
        return route.startsWith('POST') && described.body
          ? { ...described, body: { ...described.body, schema: { type: 'object', unheardOf: true } } }
          : described;
      };
      return description;
    });
    try {
      await expect(testForge()).rejects.toThrow(/GitHub's schema of POST \S+ cannot be compiled: .*unheardOf/);
    } finally {
      broken.mockRestore();
    }
  });

  it('fails when GitHub has no such operation', () => {
    expect(() => Description.load().operation('GET /repos/{owner}/{repo}/made-up')).toThrow(
      "GitHub's description has no GET",
    );
  });

  it('is refused to a second copy of the same folder, and says why', async () => {
    const data = newFolder();
    const first = await testForge({ data });
    await expect(testForge({ data })).rejects.toThrow(`The local forge's folder ${data} is in use by another copy`);
    await first.stop();
    await (await testForge({ data })).stop();
  });

  it('says what is missing where there is no git, and how to get it', async () => {
    const env = { FORGE_DATA: scratch.folder(), FORGE_CLIENT_ID: 'i', FORGE_CLIENT_SECRET: 's', PATH: '/nonexistent' };
    const started = TestProcess.start({ file: 'backend/src/local/forge/main.ts', env });
    await expect(started).rejects.toThrow(/The local forge needs git: git is not installed.*apt-get install git/);
  });

  it('names every variable that is missing', async () => {
    const sentence = await scratch.refusal('forge');
    for (const name of ['FORGE_DATA', 'FORGE_CLIENT_ID', 'FORGE_CLIENT_SECRET']) expect(sentence).toContain(name);
  });

  it('loses nothing that it has acknowledged to a kill', async () => {
    const data = scratch.folder();
    const env = { FORGE_DATA: data, FORGE_CLIENT_ID: CLIENT.id, FORGE_CLIENT_SECRET: CLIENT.secret };
    const start = (): Promise<TestProcess> => TestProcess.start({ file: 'backend/src/local/forge/main.ts', env });
    const at = (process: TestProcess): TestForge => ({
      url: `http://127.0.0.1:${process.port}`,
      data,
      stop: () => process.end(),
    });
    const first = await start();
    const token = await tokenOf(at(first).url, 'admin');
    const { body: issue } = await api(at(first), token, 'POST /repos/acme/todo-api/issues', { title: 'Kept' });
    const { body: commit } = await control(at(first), 'POST /repositories/acme/todo-api/commits', {
      branch: 'kept',
      message: 'm',
      files: { a: 'a' },
    });
    await first.end('SIGKILL');
    const second = await start();
    const found = await api(at(second), token, `GET /repos/acme/todo-api/issues/${Number(issue['number'])}`);
    expect([found.status, found.body['title']]).toEqual([200, 'Kept']);
    const branch = await api(at(second), token, 'GET /repos/acme/todo-api/branches/kept');
    expect(branch.body).toMatchObject({ commit: { sha: commit['sha'] } });
    await second.end();
  });
});

describe('faults that tests switch on', () => {
  let forge: TestForge;
  let token: string;
  beforeAll(async () => {
    forge = await testForge();
    token = await tokenOf(forge.url, 'admin');
  });
  afterAll(() => forge.stop());

  const issue = (title: string): Promise<number> =>
    api(forge, token, 'POST /repos/acme/todo-api/issues', { title }).then(
      ({ status }) => status,
      () => 0,
    );
  const titles = async (): Promise<string[]> =>
    (await api<Fields[]>(forge, token, 'GET /repos/acme/todo-api/issues?per_page=100')).body.map((item) =>
      String(item['title']),
    );

  it.each([
    ['reset', 0, false],
    ['500', 500, false],
    ['secondary', 403, false],
    ['primary', 403, false],
    ['lost-reply', 0, true],
  ])('%s answers %d; the issue is made: %s', async (kind, status, isMade) => {
    await control(forge, 'POST /faults', { kind, match: 'POST .*/issues' });
    expect(await issue(`By ${kind}`)).toBe(status);
    expect((await titles()).includes(`By ${kind}`)).toBe(isMade);
    expect(await issue(`After ${kind}`)).toBe(201);
  });
});

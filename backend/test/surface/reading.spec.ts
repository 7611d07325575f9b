import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { png } from '../../src/local/forge/web/png.js';
import { ForgeControl } from '../github/forge-control.js';
import {
  type ApiClient,
  signIn,
  type Stack,
  startApi,
  startStack,
  startWorker,
  type TestApi,
  waitFor,
} from '../support/index.js';
import { filled, type Route, routesOf } from './routes.js';

/**
 * What a GET leaves behind by design: that somebody was here (logins, tokens), that they read the trail (audit), what GitHub
 * and the model's provider have just said and is kept for a while, and the sign-in itself, which OAuth does by redirects.
 */
const MAY_CHANGE = /^(audit_|logins$|api_tokens$|ai_models$|repositories$|repository_permissions$)/;
const SIGN_IN = new Set(['/api/auth/login', '/api/auth/callback']);

interface Made {
  readonly id: string;
}

describe('reading', () => {
  let stack: Stack;
  let api: TestApi;
  let member: ApiClient;
  let admin: ApiClient;
  let pictures: Server;
  /** What the host of pictures answers, and what it was asked. */
  let picture: { status?: number; headers?: Record<string, string>; body: Buffer };
  const asked: IncomingMessage[] = [];

  beforeAll(async () => {
    pictures = createServer((req, res) => {
      asked.push(req);
      res.writeHead(picture.status ?? 200, picture.headers ?? {}).end(picture.body);
    });
    await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
    const GITHUB_AVATAR_URL = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}/pictures`;
    stack = await startStack({ forge: true, model: true, env: { GITHUB_AVATAR_URL } });
    api = await startApi(stack);
    [member, admin] = [await signIn(api, 'member'), await signIn(api, 'admin')];
  });
  afterAll(async () => {
    await stack.stop();
    pictures.close();
  });
  beforeEach(() => {
    asked.length = 0;
    picture = { body: png(8, [Buffer.from('ffffff', 'hex'), Buffer.from('000000', 'hex')], () => true) };
  });

  /** Everything in the database, a digest a table. */
  async function digests(): Promise<Record<string, string>> {
    const tables = await stack.sql<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    const all: Record<string, string> = {};
    for (const { name } of tables) {
      if (MAY_CHANGE.test(name)) continue;
      const [row] = await stack.sql<{ digest: string }>(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS digest FROM "${name}" t`,
      );
      all[name] = row?.digest ?? '';
    }
    return all;
  }

  it('changes nothing, by whatever route', async () => {
    const worker = await startWorker(stack);
    const made = async (path: string, body: object): Promise<string> => {
      const answer = await member.post<Made & { message?: Made }>(path, body);
      if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
      return answer.body.message?.id ?? answer.body.id;
    };
    const session = await made('/api/sessions', { owner: 'acme', repo: 'todo-api' });
    await waitFor(
      'the index',
      async () => (await member.get<{ status: string }>(`/api/sessions/${session}/index`)).body.status === 'ready',
      90_000,
    );
    const message = await made(`/api/sessions/${session}/messages`, {
      text: 'Where is paging?',
      clientMessageId: 'one',
    });
    const card = await made(`/api/sessions/${session}/cards`, { title: 'A card', content: 'Text' });
    const issue = await made(`/api/sessions/${session}/issues`, { githubNumber: 1 });
    await waitFor('the answer', async () => {
      const list = await member.get<{ items: { status: string }[] }>(`/api/sessions/${session}/messages`);
      return list.body.items.length === 2 && list.body.items.every(({ status }) => status === 'complete');
    });
    await worker.stop();
    const solve = await made(`/api/issues/${issue}/solves`, {});
    const { body: me } = await member.get<Made>('/api/auth/me');

    const ids: Record<string, string> = {
      issueId: issue,
      mid: message,
      messageId: message,
      cardId: card,
      userId: me.id,
    };
    const named: Record<string, string> = { owner: 'acme', repo: 'todo-api', n: '1' };
    const idIn = ({ path }: Route): string =>
      /\/sessions\//.test(path) ? session : /\/solves\//.test(path) ? solve : /\/users\//.test(path) ? me.id : session;
    const gets = routesOf(api).filter(({ method, path }) => method === 'GET' && !SIGN_IN.has(path));
    const query: Record<string, string> = {
      '/api/sessions/:id/files/content': '?path=src/todos.js&startLine=1&endLine=2',
      '/api/sessions/:id/export': '?format=md',
    };

    const forge = new ForgeControl(stack);
    await forge.clear();
    const before = await digests();
    const outcomes = new Map<string, number>();
    for (const reader of [member, admin]) {
      for (const route of gets) {
        const path = filled(route, (name) => named[name] ?? ids[name] ?? idIn(route)) + (query[route.path] ?? '');
        const leave = new AbortController();
        const answer = await fetch(`${api.url}${path}`, { headers: { ...reader.headers }, signal: leave.signal });
        if (/event-stream/.test(answer.headers.get('content-type') ?? '')) {
          await answer.body?.getReader().read();
          leave.abort();
        } else await answer.arrayBuffer();
        outcomes.set(route.path, Math.min(answer.status, outcomes.get(route.path) ?? 999));
      }
    }
    expect(await digests()).toEqual(before);
    const writes = (await forge.calls()).filter(
      ({ method, path }) => !['GET', 'HEAD'].includes(method) && !path.endsWith('/git-upload-pack'),
    );
    expect(writes).toEqual([]);
    // A crawl that is refused everywhere shows nothing.
    const [seen, all] = [[...outcomes.values()].filter((status) => status === 200).length, outcomes.size];
    expect(all).toBeGreaterThan(30);
    expect({ seen: seen / all > 0.8, refused: [...outcomes].filter(([, status]) => status !== 200) }).toMatchObject({
      seen: true,
    });
  }, 300_000);

  it('never names a host of GitHub’s for a picture, but us', async () => {
    const { body: me } = await member.get<{ id: string; avatarUrl: string }>('/api/auth/me');
    expect(me.avatarUrl).toBe(`/api/users/${me.id}/avatar`);
    const people = await member.get('/api/users?query=');
    const users = await admin.get('/api/admin/users');
    const { body: sessions } = await member.get<{ items: Made[] }>('/api/sessions');
    const id = sessions.items[0]?.id ?? '';
    const lists = [
      ...[
        people,
        users,
        await member.get(`/api/sessions/${id}/members`),
        await member.get(`/api/sessions/${id}/messages`),
      ],
      await member.get('/api/github/repositories/acme/todo-api/assignees'),
    ];
    for (const { status, text } of lists) {
      expect(status).toBe(200);
      for (const [, url] of text.matchAll(/"avatarUrl":"([^"]+)"/g))
        expect(url).toMatch(/^\/api\/users\/[\w-]+\/avatar$/);
      expect(text).not.toContain('avatars');
    }
  });

  describe('a picture', () => {
    let url: string;
    beforeAll(async () => {
      url = (await member.get<{ avatarUrl: string }>('/api/auth/me')).body.avatarUrl;
    });
    beforeEach(async () => {
      const { RedisClient } = await import('../../src/platform/redis/redis.module.js');
      const redis = api.get(RedisClient);
      for (const key of await redis.keys('yudai:avatar:*')) await redis.del(key);
    });

    it('is fetched once, from where pictures are and by the number of the person, and told nothing of who looks', async () => {
      for (let n = 0; n < 3; n++) {
        const answer = await fetch(`${api.url}${url}`, { headers: { cookie: member.headers['cookie'] ?? '' } });
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
        expect(answer.headers.get('cache-control')).toBe('private, max-age=3600');
        expect(Buffer.from(await answer.arrayBuffer()).equals(picture.body)).toBe(true);
      }
      expect(asked.map(({ url: path }) => path)).toEqual(['/pictures/u/1002?v=4&s=80']);
      expect(Object.keys(asked[0]?.headers ?? {})).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/cookie|authorization|referer|forwarded/)]),
      );
    });

    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    it.each<[string, () => typeof picture]>([
      ['an SVG, which could run', () => ({ headers: { 'content-type': 'image/png' }, body: svg })],
      [
        'a page that says it is a picture',
        () => ({ headers: { 'content-type': 'image/png' }, body: Buffer.from('<html>') }),
      ],
      ['too large', () => ({ body: Buffer.concat([picture.body, Buffer.alloc(300 * 1024)]) })],
      ['missing', () => ({ status: 404, body: Buffer.alloc(0) })],
    ])('is none when it is %s', async (_what, answered) => {
      picture = answered();
      for (let n = 0; n < 2; n++) {
        const answer = await fetch(`${api.url}${url}`, { headers: { ...member.headers } });
        expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('users.no-avatar')]);
      }
      expect(asked).toHaveLength(1);
    });

    it('is not fetched from where a redirect leads', async () => {
      picture = { status: 302, headers: { location: `${stack.forgeUrl}/avatars/u/1002` }, body: Buffer.alloc(0) };
      expect((await member.get(url)).status).toBe(503);
    });

    it('is for those who are signed in, of people who are there', async () => {
      expect((await fetch(`${api.url}${url}`)).status).toBe(401);
      for (const id of ['0197a3c4-0000-7000-8000-000000000001', 'no-id', '..%2f..%2fu%2f1'])
        expect((await member.get(`/api/users/${id}/avatar`)).status).toBe(404);
      expect(asked).toEqual([]);
    });
  });
});

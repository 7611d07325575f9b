import { Browser } from '../auth/browser.js';
import { SecretBox } from '../../src/platform/crypto/secret-box.js';
import {
  type ApiClient,
  bearing,
  CLIENT_SECRET,
  MODEL_KEY,
  signIn,
  spawnApi,
  spawnWorker,
  type Stack,
  startStack,
  type TestProcess,
  waitFor,
  WEBHOOK_SECRET,
} from '../support/index.js';
import { ForgeControl } from '../github/forge-control.js';

const TRACED = 'traced-from-the-browser';

describe('logs of api and worker, at their most talkative', () => {
  let stack: Stack;
  let api: { url: string; process: TestProcess };
  let worker: TestProcess;
  let member: ApiClient;
  let canaries: Map<string, string>;
  const output = (): string => api.process.output + worker.output;

  beforeAll(async () => {
    stack = await startStack({ forge: true, model: true, env: { LOG_LEVEL: 'debug' } });
    [api, worker] = await Promise.all([spawnApi(stack), spawnWorker(stack)]);
    canaries = await walk();
  });
  afterAll(() => stack.stop());

  /** Goes through what touches secrets, well and badly. @returns the secrets by what they are */
  async function walk(): Promise<Map<string, string>> {
    const forge = new ForgeControl(stack);
    const browser = new Browser(api);
    const callback = await browser.beginAndChoose('member');
    await browser.open(callback.href);
    await browser.open(callback.href);
    member = await signIn(api, 'member');
    const { body } = await member.post<{ token: string }>('/api/auth/tokens', {
      name: 'canary',
      scopes: ['read', 'write'],
    });
    const program = bearing(api, body.token).with({ 'x-request-id': TRACED });
    const [row] = await stack.sql<{ user_id: string; access_token: string }>(
      'SELECT user_id, access_token FROM github_tokens',
    );
    const githubToken = new SecretBox(stack.env['SECRET_KEY'] ?? '', 'github-tokens').open(
      row?.access_token ?? '',
      `github-token:${row?.user_id}`,
    );

    await forge.fault('500', 'GET /user/repos', { times: 3 });
    await program.get('/api/github/repositories');
    await forge.fault('500', 'git-upload-pack', { times: 1 });
    const session = await program.post<{ id: string }>('/api/sessions', { owner: 'acme', repo: 'todo-api' });
    await fetch(`${stack.modelUrl}/_model/faults`, { method: 'POST', body: JSON.stringify({ kind: 'error' }) });
    await program.post(`/api/sessions/${session.body.id}/messages`, {
      text: 'Where is paging done?',
      clientMessageId: '0190a0a0-0000-7000-8000-000000000001',
    });
    for (const secret of [body.token, githubToken]) {
      await member.get(`/api/sessions?query=${secret}`, { 'x-request-id': secret });
      await member.get(`/api/${secret}`, {
        authorization: `Basic ${Buffer.from(`x:${secret}`).toString('base64')}`,
        'user-agent': secret,
      });
    }
    await stack.sql('ALTER TABLE api_tokens RENAME TO api_tokens_gone');
    await program.get('/api/auth/me');
    await stack.sql('ALTER TABLE api_tokens_gone RENAME TO api_tokens');
    await stack.sql('ALTER TABLE logins RENAME TO logins_gone');
    await member.get('/api/auth/me');
    await stack.sql('ALTER TABLE logins_gone RENAME TO logins');
    await waitFor('the failed job in the log of the worker', () =>
      worker.lines.some((line) => line['requestId'] === TRACED),
    );
    return new Map([
      ['cookie', /yudai=([\w-]+)/.exec(member.headers['cookie'] ?? '')?.[1] ?? ''],
      ['code', callback.searchParams.get('code') ?? ''],
      ['state', callback.searchParams.get('state') ?? ''],
      ['API token', body.token],
      ["GitHub's token", githubToken],
      ['SECRET_KEY', stack.env['SECRET_KEY'] ?? ''],
      ['client secret', CLIENT_SECRET],
      ['webhook secret', WEBHOOK_SECRET],
      ["model's key", MODEL_KEY],
    ]);
  }

  it('hold no token, cookie, code or key, whatever went wrong', () => {
    const text = output();
    for (const [name, secret] of canaries) {
      expect(secret.length).toBeGreaterThan(15);
      const line = text.split('\n').find((candidate) => candidate.includes(secret));
      expect([name, line]).toEqual([name, undefined]);
    }
    expect(text).not.toMatch(/ghu_[A-Za-z0-9]|yud_[A-Za-z0-9]/);
    const password = new URL(stack.databaseUrl).password;
    if (password.length > 8) expect(text).not.toContain(password);
  });

  it('are one JSON object a line, with time, level, process and message', () => {
    for (const process of [api.process, worker]) {
      const lines = process.output.split('\n').filter((line) => line !== '');
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) {
        const entry = JSON.parse(line) as Record<string, unknown>;
        if (entry['ready'] === true) continue;
        expect([line.slice(0, 200), Object.keys(entry)]).toEqual([
          line.slice(0, 200),
          expect.arrayContaining(['level', 'message', 'process', 'timestamp']),
        ]);
      }
    }
  });

  it('carry the request id from the browser to the api, the job, GitHub and the audit trail', async () => {
    const calls = await new ForgeControl(stack).calls();
    expect(api.process.lines.some((line) => line['requestId'] === TRACED)).toBe(true);
    expect(worker.lines.some((line) => line['requestId'] === TRACED)).toBe(true);
    expect(calls.some(({ requestId }) => requestId === TRACED)).toBe(true);
    const entries = await stack.sql<{ action: string }>('SELECT action FROM audit_entries WHERE request_id = $1', [
      TRACED,
    ]);
    expect(entries.map(({ action }) => action)).toContain('session.create');
    // The answer may still be on its way to the model.
    await waitFor('the call of the model', async () => {
      const { items } = (await (await fetch(`${stack.modelUrl}/_model/ledger`)).json()) as {
        items: { requestId: string | null }[];
      };
      return items.some(({ requestId }) => requestId === TRACED);
    });
  });

  it('say what went wrong inside, which the answer does not', () => {
    const failures = api.process.lines.filter((line) => line['level'] === 'error');
    expect(failures.map((line) => JSON.stringify(line['error'])).join()).toMatch(
      /relation \\?"(api_tokens|logins)\\?" does not exist/,
    );
  });
});

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiClient, signIn, waitFor } from '../support/index.js';
import { dataFolder, isAlive, Launched } from './launched.js';

interface Token {
  readonly id: string;
  readonly name: string;
}

const ready = async ({ url }: Launched): Promise<boolean> =>
  fetch(`${url}/api/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

async function tokens(client: ApiClient): Promise<string[]> {
  const { body } = await client.get<{ items: Token[] }>('/api/auth/tokens');
  return body.items.map(({ name }) => name);
}

describe('the launcher', () => {
  let launched: Launched;
  beforeAll(async () => {
    launched = await Launched.start(dataFolder());
  });
  afterAll(() => launched.remove());

  it('D1, D2: brings everything up, every module loaded, and says where to look', async () => {
    expect(launched.lastLine).toBe(`Yudai is at ${launched.url} (sign in as admin, member or auditor)`);
    expect(await ready(launched)).toBe(true);
  });

  it.each(['admin', 'member', 'auditor'] as const)('lets %s in with that role', async (login) => {
    const { body } = await (await signIn(launched, login)).get<{ role: string }>('/api/auth/me');
    expect(body.role).toBe(login);
  });

  it('serves the page', async () => {
    const answer = await fetch(launched.url, { headers: { accept: 'text/html' } });
    expect(await answer.text()).toContain('<app-root');
  });

  it('listens on loopback only', () => {
    const listening = readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state]) => state === '0A')
      .map(([, address = '']) => address.split(':') as [string, string]);
    const { port, folder } = launched;
    const kept = JSON.parse(readFileSync(join(folder, 'ports.json'), 'utf8')) as Record<string, number>;
    const ports = [port, ...Object.values(kept)];
    const ours = listening.filter(([, hex]) => ports.includes(Number.parseInt(hex, 16)));
    expect(ours).toHaveLength(ports.length);
    expect(ours.filter(([host]) => host !== '0100007F')).toEqual([]);
  });

  it('keeps its secrets to the one who started it', () => {
    expect(statSync(join(launched.folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(launched.folder, 'logs', 'api.log')).mode & 0o077).toBe(0);
  });

  it('refuses a second copy on the same folder, and the first goes on', async () => {
    const second = await Launched.start(launched.folder);
    expect(second.code).toBe(1);
    expect(second.lastLine).toMatch(/is in use by another copy \(process \d+\).*YUDAI_DATA/);
    expect(await ready(launched)).toBe(true);
  });

  it.each(['redis', 'worker', 'api', 'postgres'] as const)('starts %s again when it has died', async (name) => {
    await launched.pids();
    const before = launched.pidOf(name);
    process.kill(before, 'SIGKILL');
    await waitFor(`another ${name}`, () => launched.pidOf(name) !== before);
    await waitFor('everything to be ready again', () => ready(launched));
    expect(launched.output).toContain('has ended by itself; it is started again');
  });
});

describe('a launcher that is killed', () => {
  let launched: Launched;
  beforeAll(async () => {
    launched = await Launched.start(dataFolder());
  });
  afterAll(() => launched.remove());

  it('takes its children along, and the next start finds everything as it was', async () => {
    const member = await signIn(launched, 'member');
    await member.post('/api/auth/tokens', { name: 'kept', scopes: ['read'] });
    const pids = await launched.pids();
    expect(pids.every(isAlive)).toBe(true);

    await launched.end('SIGKILL');
    await waitFor('the end of the children', () => !pids.some(isAlive));

    const { folder, port } = launched;
    const secrets = readFileSync(join(folder, 'secrets.json'), 'utf8');
    const ports = readFileSync(join(folder, 'ports.json'), 'utf8');
    launched = await Launched.start(folder, { PORT: String(port) });
    expect(launched.lastLine).toContain('Yudai is at');
    expect(await tokens(member)).toEqual(['kept']);
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe(secrets);
    expect(readFileSync(join(folder, 'ports.json'), 'utf8')).toBe(ports);
  });

  it('ends everything in order when it is asked to', async () => {
    const pids = await launched.pids();
    await launched.end('SIGTERM');
    expect(launched.code).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
  });
});

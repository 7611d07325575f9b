import { createServer } from 'node:net';
import { DataSource } from 'typeorm';
import { isOutage } from './outage.js';

/** What a statement fails with at this address. */
async function failureAt(port: number): Promise<unknown> {
  const source = new DataSource({
    type: 'postgres',
    url: `postgres://nobody@127.0.0.1:${port}/none`,
    extra: { connectionTimeoutMillis: 200 },
  });
  return source.initialize().catch((error: unknown) => error);
}

async function listening(answer: 'nothing' | 'hangs up'): Promise<{ port: number; close: () => void }> {
  const server = createServer((socket) => {
    if (answer === 'hangs up') socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as { port: number }).port, close: () => server.close() };
}

describe('an outage of the database', () => {
  it('is that nobody listens', async () => {
    const { port, close } = await listening('nothing');
    close();
    expect(isOutage(await failureAt(port))).toBe(true);
  });

  it.each(['nothing', 'hangs up'] as const)('is that a server says %s', async (answer) => {
    const { port, close } = await listening(answer);
    expect(isOutage(await failureAt(port))).toBe(true);
    close();
  });

  it.each(['57P01', '57P03', '53300', '55P03', '08006'])('is the state %s of a statement', (code) => {
    expect(isOutage(Object.assign(new Error('query failed'), { driverError: { code } }))).toBe(true);
  });

  it.each(['23505', '40001', '53100'])('is not the state %s', (code) => {
    expect(isOutage(Object.assign(new Error('query failed'), { driverError: { code } }))).toBe(false);
  });

  it('is nothing else that goes wrong', () => {
    expect([new Error('boom'), undefined, { message: 'Connection terminated' }].map(isOutage)).toEqual([
      ...[false, false, false],
    ]);
  });
});

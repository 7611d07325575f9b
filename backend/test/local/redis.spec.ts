import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Bull from 'bull';
import { Redis } from 'ioredis';
import { type TestProcess, waitFor } from '../support/index.js';
import { reservePort } from '../support/ports.js';
import { Scratch } from './servers.js';

const scratch = new Scratch();
const open: { disconnect(): void }[] = [];
const queues: Bull.Queue[] = [];

function connect(port: number): Redis {
  const redis = new Redis({ port, maxRetriesPerRequest: null, retryStrategy: () => null });
  redis.on('error', () => undefined);
  open.push(redis);
  return redis;
}

function queueAt(port: number, name: string): Bull.Queue<{ id: string }> {
  const queue = new Bull<{ id: string }>(name, { redis: { port }, defaultJobOptions: { removeOnComplete: true } });
  queue.on('error', () => undefined);
  queues.push(queue);
  return queue;
}

/** The snapshot is written once a second; a change that it holds is safe. */
async function saved(file: string, text: string): Promise<void> {
  await waitFor(`${text} in the snapshot`, () => {
    try {
      return readFileSync(file).includes(text);
    } catch {
      return false;
    }
  });
}

afterAll(async () => {
  await Promise.all(queues.map((queue) => queue.close(true).catch(() => undefined)));
  for (const connection of open) connection.disconnect();
  await scratch.clear();
});

describe('the embedded Redis', () => {
  let server: TestProcess;
  let redis: Redis;

  beforeAll(async () => {
    server = await scratch.start('redis', join(scratch.folder(), 'snapshot'));
    redis = connect(server.port);
  });

  it('runs Lua in one piece', async () => {
    const add =
      "local n = redis.call('INCR', KEYS[1]) redis.call('PEXPIRE', KEYS[1], ARGV[1]) return { n, redis.call('PTTL', KEYS[1]) }";
    const answers = (await Promise.all(
      Array.from({ length: 50 }, () => redis.eval(add, 1, 'count', 60_000)),
    )) as number[][];
    expect(answers.map(([n]) => n)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(answers.every(([, left = 0]) => left > 0 && left <= 60_000)).toBe(true);
  });

  it('appends to streams and reads on from where somebody was', async () => {
    const first = await redis.xadd('log', '*', 'd', '1');
    await redis.xadd('log', 'MAXLEN', '~', 1_000, '*', 'd', '2');
    expect(await redis.xrange('log', `(${String(first)}`, '+')).toMatchObject([[expect.any(String), ['d', '2']]]);
  });

  it('wakes those who wait: subscribers, and who blocks on a list', async () => {
    const subscriber = connect(server.port);
    const blocked = connect(server.port);
    const heard: string[] = [];
    subscriber.on('message', (_channel, message) => heard.push(message));
    await subscriber.subscribe('news');
    const popped = blocked.brpop('list', 30);
    await redis.publish('news', 'hello');
    await redis.lpush('list', 'item');
    expect(await popped).toEqual(['list', 'item']);
    await waitFor('the message', () => heard.includes('hello'));
  });

  it('carries values of megabytes', async () => {
    const value = 'y'.repeat(5_000_000);
    await redis.set('large', value);
    expect((await redis.get('large')) === value).toBe(true);
  });

  it('hands each job of Bull to one worker', async () => {
    const seen: string[] = [];
    for (const worker of [queueAt(server.port, 'work'), queueAt(server.port, 'work')]) {
      void worker.process(2, (job) => {
        seen.push(job.data.id);
        return Promise.resolve();
      });
    }
    const queue = queueAt(server.port, 'work');
    const ids = Array.from({ length: 60 }, (_, index) => `job-${index}`);
    await Promise.all(ids.map((id) => queue.add({ id }, { jobId: id })));
    await waitFor('all jobs', () => seen.length >= ids.length);
    expect([...seen].sort()).toEqual([...ids].sort());
  });
});

describe("the embedded Redis' snapshot", () => {
  it('brings jobs back after a kill: those that wait, and those that are to come', async () => {
    const file = join(scratch.folder(), 'snapshot');
    const port = await reservePort();
    const first = await scratch.start('redis', file, String(port));
    const redis = connect(port);
    const queue = queueAt(port, 'kept');
    await queue.add({ id: 'now' }, { jobId: 'job-now' });
    await queue.add({ id: 'later' }, { jobId: 'job-later', delay: 3_000 });
    await redis.set('ends', 'soon', 'PX', 600_000);
    await redis.xadd('stream', '*', 'd', 'entry');
    await redis.set('last', 'the-last-word');
    await saved(file, 'the-last-word');
    await first.end('SIGKILL');
    await scratch.start('redis', file, String(port));

    const seen: string[] = [];
    void queueAt(port, 'kept').process((job) => {
      seen.push(job.data.id);
      return Promise.resolve();
    });
    await waitFor('both jobs', () => seen.length === 2);
    expect([...seen].sort()).toEqual(['later', 'now']);
    const again = connect(port);
    expect(await again.pttl('ends')).toBeGreaterThan(500_000);
    expect(await again.xlen('stream')).toBe(1);
  });

  it('is written at a clean end, whatever had changed', async () => {
    const file = join(scratch.folder(), 'snapshot');
    const first = await scratch.start('redis', file);
    await connect(first.port).set('key', 'value');
    await first.end();
    const second = await scratch.start('redis', file);
    expect(await connect(second.port).get('key')).toBe('value');
  });

  it('that cannot be written is said, and written as soon as it can be', async () => {
    const file = join(scratch.folder(), 'snapshot');
    const server = await scratch.start('redis', file);
    mkdirSync(`${file}.new`);
    await connect(server.port).set('key', 'the-last-word');
    await waitFor('the complaint', () => server.output.includes('redis: the snapshot failed: '));
    rmdirSync(`${file}.new`);
    await saved(file, 'the-last-word');
  });

  it('is refused to a second copy', async () => {
    const file = join(scratch.folder(), 'snapshot');
    const first = await scratch.start('redis', file);
    expect(await scratch.refusal('redis', file)).toContain(`is in use by another copy (process ${first.pid})`);
  });

  it('is kept when it is damaged, and what can be read of it is loaded', async () => {
    const file = join(scratch.folder(), 'snapshot');
    const first = await scratch.start('redis', file);
    const redis = connect(first.port);
    await redis.set('a', 'x'.repeat(100));
    await redis.set('b', 'x'.repeat(100));
    await first.end();
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length - 5));
    const second = await scratch.start('redis', file);
    expect(await connect(second.port).dbsize()).toBe(1);
    expect(second.output).toContain(`is damaged. What could be read was loaded, the file is kept as ${file}.broken`);
    expect(readFileSync(`${file}.broken`).length).toBe(whole.length - 5);
  });

  it('never goes into a server that has the port already', async () => {
    const folder = scratch.folder();
    const foreign = await scratch.start('redis', join(folder, 'foreign'));
    const owner = await scratch.start('redis', join(folder, 'own'));
    await connect(owner.port).set('mine', '1');
    await owner.end();
    expect(await scratch.refusal('redis', join(folder, 'own'), String(foreign.port))).toContain(
      `Port ${foreign.port} is in use by another program`,
    );
    expect(await connect(foreign.port).exists('mine')).toBe(0);
  });
});

import { join } from 'node:path';
import { Redis } from 'ioredis';
import { TestProcess } from './child-process.js';
import type { Server } from './database.js';

const CLAIM_SECONDS = 1_800;

/** Valkey in a process of its own. */
export async function embeddedRedis(folder: string): Promise<Server> {
  const args = [join(folder, 'redis.snapshot')];
  const server = await TestProcess.start({ file: 'backend/src/local/redis/main.ts', args });
  return { url: `redis://127.0.0.1:${server.port}`, stop: () => server.end() };
}

/** An empty, numbered database of a real server, kept for one test file; the claims stand in database 0. */
export async function realRedis(serverUrl: string): Promise<Server> {
  const claims = new Redis(serverUrl, { db: 0, maxRetriesPerRequest: 1 });
  const [, databases = '16'] = (await claims.config('GET', 'databases')) as string[];
  const number = await claim(claims, Number(databases));
  const own = new Redis(serverUrl, { db: number });
  await own.flushdb();
  const url = new URL(serverUrl);
  url.pathname = `/${number}`;
  const stop = async (): Promise<void> => {
    await own.flushdb();
    await claims.del(keyOf(number));
    await Promise.all([own.quit(), claims.quit()]);
  };
  return { url: url.href, stop };
}

async function claim(claims: Redis, databases: number): Promise<number> {
  for (;;) {
    for (let number = 1; number < databases; number++) {
      if (await claims.set(keyOf(number), process.pid, 'EX', CLAIM_SECONDS, 'NX')) return number;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const keyOf = (number: number): string => `yudai:test:database:${number}`;

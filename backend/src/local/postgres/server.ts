import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import { LocalServerError, type Started } from '../support/child.js';
import { makeDataFolder } from '../support/data-folder.js';
import { lockFolder } from '../support/folder-lock.js';
import { listen } from '../support/listen.js';
import { Client } from './client.js';
import { errorResponse } from './frames.js';
import { Multiplexer } from './multiplexer.js';

export interface PostgresOptions {
  /** Folder of the database; made when it is not there. */
  readonly folder: string;
  /** 0 = any free one. */
  readonly port: number;
}

const MOST_CONNECTIONS = 100;

/**
 * PostgreSQL in WebAssembly with pgvector, on a port of the loopback interface, for any number of clients.
 * @throws LocalServerError for a folder in use, a folder that cannot be written or opened, and a port in use
 */
export async function startPostgres({ folder, port }: PostgresOptions): Promise<Started> {
  makeDataFolder(folder);
  const unlock = lockFolder(`${folder}.lock`, `The database folder ${folder}`);
  try {
    const database = await openDatabase(folder);
    return await serve(database, port, unlock).catch(async (error: unknown) => {
      await database.close();
      throw error;
    });
  } catch (error) {
    unlock();
    throw error;
  }
}

async function serve(database: PGlite, wanted: number, unlock: () => void): Promise<Started> {
  const multiplexer = new Multiplexer(database);
  let connections = 0;
  const server = createServer((socket) => {
    if (multiplexer.size >= MOST_CONNECTIONS) {
      socket.end(errorResponse('53300', 'too many clients'));
      return;
    }
    multiplexer.add(new Client(++connections, socket, multiplexer));
  });
  const port = await listen(server, wanted, 'the local database');
  return {
    port,
    close: async () => {
      server.close();
      multiplexer.closeAll();
      await database.close();
      unlock();
    },
  };
}

async function openDatabase(folder: string): Promise<PGlite> {
  const existed = existsSync(join(folder, 'PG_VERSION'));
  try {
    const database = await PGlite.create({ dataDir: folder, extensions: { vector, pg_trgm } });
    await database.query('SELECT 1');
    return database;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (!existed) throw new LocalServerError(`A database could not be made in ${folder}: ${reason}`);
    throw new LocalServerError(
      `The database in ${folder} cannot be opened (${reason}). Nothing was changed. Move the folder away to start with an empty one, or set YUDAI_DATA to another folder.`,
    );
  }
}

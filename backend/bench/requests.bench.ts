import { type AddressInfo } from 'node:net';
import fastify from 'fastify';
import { Pool } from 'pg';
import { type Figure } from './figure.js';
import type { Fixture } from './fixture.js';

const CONNECTIONS = 10;
const SECONDS = 5;

/** `GET /api/sessions` of somebody signed in, beside a bare Fastify handler that runs one statement for the same rows. */
export async function requests({ stack, member }: Fixture): Promise<Figure[]> {
  const bare = await bareServer(stack.databaseUrl);
  try {
    const options = { headers: member.headers };
    await rate(`${member.url}/api/sessions`, options, 1);
    const value = await rate(`${member.url}/api/sessions`, options, SECONDS);
    const reference = await rate(bare.url, {}, SECONDS);
    return [
      {
        what: `GET /api/sessions, ${CONNECTIONS} connections`,
        value,
        unit: 'requests/s',
        reference: { what: 'bare Fastify + pg, the main of its statements', value: reference },
      },
    ];
  } finally {
    await bare.close();
  }
}

async function rate(url: string, options: RequestInit, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1_000;
  let answered = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const answer = await fetch(url, options);
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  return answered / seconds;
}

async function bareServer(databaseUrl: string): Promise<{ url: string; close: () => Promise<void> }> {
  const pool = new Pool({ connectionString: databaseUrl, max: 5 });
  const app = fastify();
  app.get('/', async () => {
    const { rows } = await pool.query(
      `SELECT s.*, m.role FROM sessions s JOIN session_members m ON m.session_id = s.id
        ORDER BY s.last_activity_at DESC, s.id DESC LIMIT 51`,
    );
    return { items: rows, nextCursor: null };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      await app.close();
      await pool.end();
    },
  };
}

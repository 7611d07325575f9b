import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type Notification, Pool } from 'pg';
import { DataSource } from 'typeorm';
import { type TestProcess, waitFor } from '../support/index.js';
import { Scratch } from './servers.js';

const scratch = new Scratch();
const urlOf = (server: TestProcess): string => `postgres://postgres@127.0.0.1:${server.port}/postgres`;

async function connect(server: TestProcess): Promise<Client> {
  const client = new Client({ connectionString: urlOf(server) });
  // Tests kill the server; whoever waits for an answer hears of it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** A new database takes seconds to make; tests get copies of one. */
let pristine: string;
beforeAll(async () => {
  pristine = join(scratch.folder(), 'data');
  await (await scratch.start('postgres', pristine)).end();
}, 300_000);
afterAll(() => scratch.clear());

function newFolder(): string {
  const folder = join(scratch.folder(), 'data');
  cpSync(pristine, folder, { recursive: true });
  return folder;
}

describe('the embedded database, for several clients at once', () => {
  let server: TestProcess;
  let ann: Client;
  let bob: Client;

  beforeAll(async () => {
    server = await scratch.start('postgres', newFolder());
    [ann, bob] = await Promise.all([connect(server), connect(server)]);
    await ann.query('CREATE TABLE notes (id integer PRIMARY KEY, text text)');
  });

  it('has pgvector and trigrams', async () => {
    await ann.query('CREATE EXTENSION vector; CREATE EXTENSION pg_trgm; CREATE TABLE points (id int, at vector(3))');
    await ann.query(
      "CREATE INDEX ON points USING hnsw (at vector_cosine_ops); INSERT INTO points VALUES (1, '[1,0,0]'), (2, '[0,1,0]')",
    );
    const { rows } = await bob.query("SELECT id FROM points ORDER BY at <=> '[0,2,0]' LIMIT 1");
    expect(rows).toEqual([{ id: 2 }]);
    expect((await bob.query("SELECT similarity('paginate', 'pagination') > 0.3 AS alike")).rows).toEqual([
      { alike: true },
    ]);
  });

  it('keeps prepared statements of the same name apart', async () => {
    const questions = Array.from({ length: 40 }, async (_, index) => {
      const number = await ann.query({ name: 'q', text: 'SELECT $1::int + 1 AS answer', values: [index] });
      const text = await bob.query({ name: 'q', text: "SELECT $1::text || '!' AS answer", values: [String(index)] });
      return [number.rows[0], text.rows[0]] as unknown[];
    });
    const answers = await Promise.all(questions);
    expect(answers).toEqual(Array.from({ length: 40 }, (_, index) => [{ answer: index + 1 }, { answer: `${index}!` }]));
  });

  it('takes parameters and gives answers of megabytes', async () => {
    const text = 'größer '.repeat(1_000_000);
    const { rows } = await ann.query<{ text: string }>('SELECT $1::text AS text', [text]);
    expect(rows[0]?.text === text).toBe(true);
  });

  it('lets nobody into a transaction of another', async () => {
    await ann.query('BEGIN');
    await ann.query("INSERT INTO notes VALUES (1, 'first')");
    const seen = bob.query<{ count: string }>('SELECT count(*) FROM notes');
    await ann.query("INSERT INTO notes VALUES (2, 'second')");
    await ann.query('COMMIT');
    expect((await seen).rows).toEqual([{ count: '2' }]);
  });

  it('takes back what a client leaves open, also when it just goes', async () => {
    const gone = await connect(server);
    await gone.query("BEGIN; INSERT INTO notes VALUES (99, 'gone')");
    (gone as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    expect((await bob.query('SELECT 1 FROM notes WHERE id = 99')).rows).toEqual([]);
  });

  it('says what is wrong with a statement, and goes on', async () => {
    await expect(ann.query('SELECT 1 / $1::int', [0])).rejects.toMatchObject({ code: '22012' });
    await expect(ann.query('SELEC 1')).rejects.toMatchObject({ code: '42601' });
    await ann.query('BEGIN');
    await expect(ann.query("INSERT INTO notes VALUES (1, 'again')")).rejects.toMatchObject({ code: '23505' });
    await expect(ann.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    await ann.query('ROLLBACK');
    expect((await ann.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('keeps settings of a client to that client', async () => {
    const inForce = async (client: Client): Promise<unknown> =>
      (
        await client.query(
          "SELECT name, setting FROM pg_settings WHERE source NOT IN ('client', 'override') ORDER BY name",
        )
      ).rows;
    const before = await inForce(bob);
    await ann.query("SET application_name = 'ann'");
    await ann.query('SET search_path TO pg_catalog');
    expect(await inForce(bob)).toEqual(before);
    expect((await ann.query('SHOW application_name')).rows).toEqual([{ application_name: 'ann' }]);
    expect((await ann.query('SHOW search_path')).rows).toEqual([{ search_path: 'pg_catalog' }]);
    await ann.query('RESET ALL');
    expect(await inForce(ann)).toEqual(before);
  });

  it('gives notifications to those who listen, whoever sent them', async () => {
    const heard: Notification[] = [];
    const foreign: Notification[] = [];
    ann.on('notification', (note) => heard.push(note));
    bob.on('notification', (note) => foreign.push(note));
    await ann.query('LISTEN news');
    await bob.query("SELECT pg_notify('news', 'one')");
    await ann.query("NOTIFY news, 'two'");
    await waitFor('both notifications', () => heard.length === 2);
    expect(heard.map(({ channel, payload }) => [channel, payload])).toEqual([
      ['news', 'one'],
      ['news', 'two'],
    ]);
    await ann.query('UNLISTEN news');
    await bob.query("NOTIFY news, 'three'");
    await ann.query('SELECT 1');
    expect([heard.length, foreign.length]).toEqual([2, 0]);
  });

  it('counts right when a pool adds up at once (D14)', async () => {
    await ann.query("INSERT INTO notes VALUES (1000, '')");
    const pool = new Pool({ connectionString: urlOf(server), max: 10 });
    const add = async (): Promise<void> => {
      const client = await pool.connect();
      await client.query('BEGIN');
      await client.query("UPDATE notes SET text = text || 'x' WHERE id = $1", [1000]);
      await client.query('COMMIT');
      client.release();
    };
    await Promise.all(Array.from({ length: 50 }, add));
    await pool.end();
    expect((await bob.query('SELECT length(text) FROM notes WHERE id = 1000')).rows).toEqual([{ length: 50 }]);
  });

  it("serves TypeORM's pool, its transactions and its rollbacks", async () => {
    const source = await new DataSource({
      type: 'postgres',
      url: urlOf(server),
      poolSize: 4,
      installExtensions: false,
    }).initialize();
    await Promise.all(
      [501, 502, 503].map((id) =>
        source.transaction((tx) => tx.query('INSERT INTO notes VALUES ($1, $2)', [id, 'typeorm'])),
      ),
    );
    const failed = source.transaction(async (tx) => {
      await tx.query("INSERT INTO notes VALUES (504, 'typeorm')");
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    const rows: unknown = await source.query("SELECT id FROM notes WHERE text = 'typeorm' ORDER BY id");
    await source.destroy();
    expect(rows).toEqual([{ id: 501 }, { id: 502 }, { id: 503 }]);
  });
});

describe("the embedded database's folder", () => {
  it('keeps every acknowledged row when the process is killed', async () => {
    const folder = newFolder();
    const first = await scratch.start('postgres', folder);
    const client = await connect(first);
    await client.query('CREATE TABLE counted (number integer)');
    let acknowledged = 0;
    const writing = (async () => {
      for (;;) {
        await client.query('INSERT INTO counted VALUES ($1)', [acknowledged + 1]);
        acknowledged++;
      }
    })();
    await waitFor('a few hundred rows', () => acknowledged > 300);
    await first.end('SIGKILL');
    await expect(writing).rejects.toThrow();

    const second = await scratch.start('postgres', folder);
    const { rows } = await (
      await connect(second)
    ).query<{ count: number }>('SELECT count(*)::int FROM counted WHERE number <= $1', [acknowledged]);
    expect(rows).toEqual([{ count: acknowledged }]);
  });

  it('is refused to a second copy, and free again after a kill and after an end', async () => {
    const folder = newFolder();
    const first = await scratch.start('postgres', folder);
    expect(await scratch.refusal('postgres', folder)).toContain(
      `The database folder ${folder} is in use by another copy (process ${first.pid}).`,
    );
    await first.end('SIGKILL');
    const second = await scratch.start('postgres', folder);
    await second.end();
    await (await scratch.start('postgres', folder)).end();
  });

  it('is left alone when it is damaged, with a sentence that says what to do', async () => {
    const damages: Record<string, (at: string) => void> = {
      control: (at) => writeFileSync(join(at, 'global', 'pg_control'), Buffer.alloc(8_192, 7)),
      missing: (at) => rmSync(join(at, 'base'), { recursive: true }),
    };
    for (const [name, damage] of Object.entries(damages)) {
      const copy = join(scratch.folder(), name);
      cpSync(pristine, copy, { recursive: true });
      damage(copy);
      const sentence = await scratch.refusal('postgres', copy);
      expect(sentence).toMatch(
        /The database in \S+ cannot be opened \(.+\)\. Nothing was changed\. Move the folder away/,
      );
      expect(sentence).not.toMatch(/\n\s+at /);
    }
  });

  it('has to be a folder, and the port a free one', async () => {
    const file = join(scratch.folder(), 'data');
    writeFileSync(file, '');
    expect(await scratch.refusal('postgres', file)).toContain(
      `The folder ${file} cannot be used: there is a file of that name.`,
    );
    const server = await scratch.start('postgres', newFolder());
    expect(await scratch.refusal('postgres', newFolder(), String(server.port))).toContain(
      `Port ${server.port} is in use by another program`,
    );
  });
});

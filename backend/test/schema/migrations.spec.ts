import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, type MigrationInterface } from 'typeorm';
import { emptyDatabase, migrate, type Server } from '../support/index.js';
import { ROOT } from '../support/sources.js';
import { catalogueOf } from './catalogue.js';

type Migration = new () => MigrationInterface;

const VERSIONS = join(ROOT, 'migrations', 'src', 'versions');
const files = readdirSync(VERSIONS).sort();

async function load(file: string): Promise<Migration> {
  const exported = (await import(join(VERSIONS, file))) as Record<string, Migration>;
  const [migration] = Object.values(exported).filter((value) => typeof value === 'function');
  if (!migration) throw new Error(`${file} exports no migration`);
  return migration;
}

describe('migrations', () => {
  let server: Server;
  let migrations: Migration[];
  beforeAll(async () => {
    server = await emptyDatabase();
    migrations = await Promise.all(files.map(load));
  });
  afterAll(() => server.stop());

  /** Works with the first `count` migrations, as if there were no more. */
  async function withFirst(count: number, work: (source: DataSource) => Promise<unknown>): Promise<void> {
    const source = new DataSource({
      type: 'postgres',
      url: server.url,
      migrations: migrations.slice(0, count),
      migrationsTableName: 'schema_migrations',
      installExtensions: false,
    });
    await source.initialize();
    await work(source).finally(() => source.destroy());
  }

  it.each(files.map((file, index) => [file, index + 1] as const))('%s goes up, down and up again', async (_file, n) => {
    // The table of what was run is made by the first, and stays.
    if (n === 1) await withFirst(0, (source) => source.runMigrations());
    const before = await catalogueOf(server.url);
    await withFirst(n, (source) => source.runMigrations());
    const after = await catalogueOf(server.url);
    expect(after).not.toEqual(before);
    await withFirst(n, (source) => source.undoLastMigration());
    expect(withoutBookkeeping(await catalogueOf(server.url))).toEqual(withoutBookkeeping(before));
    await withFirst(n, (source) => source.runMigrations());
    expect(await catalogueOf(server.url)).toEqual(after);
  });

  it('end in the same schema one by one as all at once, and have nothing to do a second time', async () => {
    const fresh = await emptyDatabase();
    try {
      await migrate(fresh.url);
      await migrate(fresh.url);
      expect(await catalogueOf(fresh.url)).toEqual(await catalogueOf(server.url));
    } finally {
      await fresh.stop();
    }
  });
});

/** The table that TypeORM keeps for itself. */
function withoutBookkeeping(catalogue: object): object {
  const lines = (value: string[]): string[] => value.filter((line) => !line.includes('schema_migrations'));
  return Object.fromEntries(Object.entries(catalogue).map(([name, value]) => [name, lines(value as string[])]));
}

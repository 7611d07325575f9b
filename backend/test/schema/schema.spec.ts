import { DataSource } from 'typeorm';
import { ENTITIES } from '../../src/entities.js';
import { OutboxRow } from '../../src/platform/database/outbox.entity.js';
import { SCHEMA_VERSION } from '../../src/platform/database/schema-version.js';
import { type Stack, startStack } from '../support/index.js';
import { catalogueOf, FOREIGN_KEYS, type ForeignKey, INDEX_COLUMNS } from './catalogue.js';

interface TableColumns {
  readonly table: string;
  readonly columns: string[];
}

describe('a migrated database', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  it('is what the entities say', async () => {
    const source = new DataSource({
      type: 'postgres',
      url: stack.databaseUrl,
      entities: [OutboxRow, ...ENTITIES],
      installExtensions: false,
    });
    await source.initialize();
    await declareGenerated(source);
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    await source.query('DROP TABLE typeorm_metadata');
    await source.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('has the schema that was looked at: with what no entity can say, the vector index, triggers and checks', async () => {
    expect(await catalogueOf(stack.databaseUrl)).toMatchSnapshot();
  });

  it('is the newest one that this build knows', async () => {
    const [newest] = await stack.sql<{ name: string }>('SELECT name FROM schema_migrations ORDER BY id DESC LIMIT 1');
    expect(newest?.name).toBe(SCHEMA_VERSION);
  });

  it('D9: holds no user and no sample row', async () => {
    const tables = await stack.sql<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    const filled: string[] = [];
    for (const { name } of tables) {
      const [row] = await stack.sql<{ n: string }>(`SELECT count(*) AS n FROM "${name}"`);
      if (row?.n !== '0') filled.push(name);
    }
    // Where the audit chain begins, and what has been migrated.
    expect(filled.sort()).toEqual(['audit_head', 'schema_migrations']);
  });

  it('says of each foreign key what a deletion does', async () => {
    const keys = await stack.sql<ForeignKey>(FOREIGN_KEYS);
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter(({ rule }) => !['c', 'n', 'r'].includes(rule))).toEqual([]);
  });

  it('finds the rows of each foreign key by an index', async () => {
    const indexes = await stack.sql<TableColumns>(INDEX_COLUMNS);
    const keys = await stack.sql<ForeignKey>(FOREIGN_KEYS);
    const slow = keys.filter(
      ({ table, columns }) =>
        !indexes.some((index) => index.table === table && columns.every((name, i) => index.columns[i] === name)),
    );
    expect(slow).toEqual([]);
  });

  it('finds neighbours of a vector by their cosine, by an index for its dimension, and words by a column that follows the text', async () => {
    const { columns, indexes } = await catalogueOf(stack.databaseUrl);
    expect(columns).toContain('text_embeddings.embedding vector not null');
    expect(indexes.join('\n')).toMatch(
      /ON public\.text_embeddings USING hnsw \(\(\(embedding\)::vector\(384\)\) vector_cosine_ops\) WHERE/,
    );
    for (const table of ['messages', 'chunks', 'snapshot_files']) {
      expect(columns.find((line) => line.startsWith(`${table}.search tsvector`))).toContain('generated');
    }
  });
});

/**
 * TypeORM reads what a generated column is made of from a table of its own, which only its own synchronising fills. The
 * expressions themselves are in the catalogue.
 */
async function declareGenerated(source: DataSource): Promise<void> {
  await source.query(
    'CREATE TABLE typeorm_metadata (type text, database text, schema text, "table" text, name text, value text)',
  );
  for (const { tableName, columns } of source.entityMetadatas) {
    for (const { databaseName, asExpression } of columns.filter(({ generatedType }) => generatedType)) {
      await source.query(
        `INSERT INTO typeorm_metadata VALUES ('GENERATED_COLUMN', current_database(), 'public', $1, $2, $3)`,
        [tableName, databaseName, asExpression],
      );
    }
  }
}

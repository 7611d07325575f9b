import { type Figure, median, quantile, timed } from './figure.js';
import type { Fixture } from './fixture.js';

const QUERIES = [
  'where is the login cookie set',
  'the lease of a job is lost while it is still running',
  'csv export must not start a formula in a spreadsheet',
  'webhook signature is compared in constant time',
  'a pull request is opened twice after a crash',
  'how are files skipped when indexing a repository',
];
const ROUNDS = 5;

/** Search over HTTP, beside its two main statements alone. */
export async function search({ stack, member, sources }: Fixture): Promise<Figure[]> {
  const path = `/api/sessions/${sources.id}/search`;
  const product: number[] = [];
  const bare: number[] = [];
  const [vector] = await stack.sql<{ embedding: string }>(
    'SELECT embedding::text AS embedding FROM text_embeddings LIMIT 1',
  );
  const someVector = vector?.embedding ?? '';
  for (let round = 0; round < ROUNDS; round++) {
    for (const query of QUERIES) {
      product.push(
        await timed(async () => {
          const { status } = await member.post(path, { query, limit: 50 });
          if (status !== 200) throw new Error(`search answered ${status}`);
        }),
      );
      bare.push(await timed(() => statements(stack, query, someVector)));
    }
  }
  const reference = { what: 'full text + nearest vectors, SQL only' };
  return [0.5, 0.95].map((of) => ({
    what: `search, p${of * 100}`,
    value: quantile(product, of),
    unit: 'ms',
    reference: { ...reference, value: of === 0.5 ? median(bare) : quantile(bare, of) },
  }));
}

async function statements(stack: Fixture['stack'], query: string, vector: string): Promise<void> {
  const words = query.split(/\W+/).join(' | ');
  await stack.sql(
    `SELECT f.path, c.start_line, ts_rank(c.search, to_tsquery('simple', $1), 1) AS score
       FROM chunks c JOIN snapshot_files f ON f.blob_id = c.blob_id
      WHERE c.search @@ to_tsquery('simple', $1) ORDER BY score DESC LIMIT 100`,
    [words],
  );
  await stack.sql(
    `SELECT f.path, c.start_line, e.embedding <=> $1::vector AS distance
       FROM snapshot_files f JOIN chunks c ON c.blob_id = f.blob_id JOIN text_embeddings e ON e.id = c.embedding_id
      ORDER BY distance LIMIT 100`,
    [vector],
  );
}

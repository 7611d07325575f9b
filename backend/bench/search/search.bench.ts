import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { packagedModel } from '../../src/modules/embeddings/model/model.js';
import { MAX_TOKENS } from '../../src/modules/embeddings/model/model-files.js';
import { SentenceModel } from '../../src/modules/embeddings/model/sentence-model.js';
import { SearchService } from '../../src/modules/embeddings/search/search.service.js';
import { readQuestion } from '../../src/modules/embeddings/text/question.js';
import { HAS_REAL_SERVERS, signIn, startApi, startWorker } from '../../test/support/index.js';
import { type Figure, quantile, timed } from '../figure.js';
import type { Fixture } from '../fixture.js';
import { crowd } from './crowd.js';
import { fillSnapshot } from './large-index.js';
import { QUESTIONS } from './questions.js';
import { type Conversation, repeat, statementsOf } from './statements.js';

/** An embedded database is one processor's work, and what it takes for so many chunks says nothing. */
const CHUNKS = HAS_REAL_SERVERS ? 100_000 : 5_000;
const LIMIT = 50;
const ROUNDS = 8;
const CONNECTIONS = 5;
const THREADS = 2;

interface Asked {
  readonly query: string;
  /** What the model is given. */
  readonly texts: readonly string[];
  readonly statements: readonly Conversation[];
}

/** A question over HTTP, beside nothing but its vectors and the statements that the product sends for it, all at once. */
export async function search({ stack, sample }: Fixture): Promise<Figure[]> {
  const [api, worker] = [await startApi(stack), await startWorker(stack)];
  const pool = new Pool({ connectionString: stack.databaseUrl, max: CONNECTIONS });
  try {
    const [at] = await stack.sql<{ id: string; repositoryId: string; branch: string }>(
      `SELECT i.id, i.repository_id AS "repositoryId", i.branch
         FROM index_snapshots i JOIN sessions s ON s.repository_id = i.repository_id AND s.branch = i.branch
        WHERE s.id = $1 AND i.status = 'ready'`,
      [sample.id],
    );
    if (!at) throw new Error('there is no snapshot to fill');
    await fillSnapshot(worker, at.id, CHUNKS);
    const member = await signIn(api, 'member');
    const { files, dimension } = packagedModel();
    const model = await SentenceModel.load(files, THREADS, dimension);
    const asked: Asked[] = [];
    for (const query of QUESTIONS) {
      const look = (): Promise<unknown> => api.get(SearchService).search(at, { query, limit: LIMIT });
      await look();
      const { title, prose } = readQuestion(query);
      const texts = prose === '' ? [title] : [title, `${title}\n${prose}`];
      asked.push({ query, texts, statements: await statementsOf(api.get(DataSource), look) });
    }
    const [product, bare]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      for (const { query, texts, statements } of asked) {
        product.push(
          await timed(async () => {
            const { status } = await member.post(`/api/sessions/${sample.id}/search`, { query, limit: LIMIT });
            if (status !== 200) throw new Error(`search answered ${status}`);
          }),
        );
        bare.push(
          await timed(async () => {
            for (const text of texts) await model.embed(text.slice(0, MAX_TOKENS * 8));
            await repeat(pool, statements);
          }),
        );
      }
    }
    const answered = [0.5, 0.95, 0.99].map((of) => ({
      what: `search, ${CHUNKS} chunks, p${of * 100}`,
      value: quantile(product, of),
      unit: 'ms',
      reference: { what: 'its vectors + its statements alone', value: quantile(bare, of) },
    }));
    return [...answered, ...(await crowd(api, api.get(DataSource), at.id))];
  } finally {
    await pool.end();
    await api.stop();
    await worker.stop();
  }
}

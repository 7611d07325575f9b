import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { packagedModel } from '../src/modules/embeddings/model/model.js';
import { MAX_TOKENS } from '../src/modules/embeddings/model/model-files.js';
import { createTokenizer } from '../src/modules/embeddings/model/tokenizer.js';
import type { Figure } from './figure.js';
import type { Fixture } from './fixture.js';

const THREADS = 2;

/** Chunks a second of the whole job (fetch, cut, embed, store), beside a loop that does nothing but embed the same texts. */
export async function indexing({ stack }: Fixture): Promise<Figure[]> {
  const [snapshot] = await stack.sql<{ chunks: number; seconds: number }>(
    `SELECT chunks, extract(epoch FROM finished_at - started_at)::float8 AS seconds
       FROM index_snapshots WHERE status = 'ready' ORDER BY chunks DESC LIMIT 1`,
  );
  if (!snapshot) throw new Error('there is no index to measure');
  const texts = (await stack.sql<{ text: string }>('SELECT text FROM chunks ORDER BY id')).map(({ text }) => text);
  const value = snapshot.chunks / snapshot.seconds;
  return [
    {
      what: `index, ${snapshot.chunks} chunks`,
      value,
      unit: 'chunks/s',
      reference: { what: 'bare onnxruntime loop, same texts', value: await bareRate(texts) },
    },
  ];
}

async function bareRate(texts: readonly string[]): Promise<number> {
  const { files } = packagedModel();
  const [vocabulary, settings] = await Promise.all(
    [files.tokenizer, files.tokenizerConfig].map(async (file) => JSON.parse(await readFile(file, 'utf8')) as object),
  );
  const tokenizer = createTokenizer(vocabulary ?? {}, settings ?? {});
  const session = await InferenceSession.create(files.weights, { intraOpNumThreads: THREADS, interOpNumThreads: 1 });
  const begun = performance.now();
  for (const text of texts) {
    const ids = tokenizer.encode(text, { add_special_tokens: true }).ids.slice(0, MAX_TOKENS);
    const tensor = (value: (id: number) => bigint): Tensor =>
      new Tensor('int64', BigInt64Array.from(ids, value), [1, ids.length]);
    await session.run({
      input_ids: tensor(BigInt),
      attention_mask: tensor(() => 1n),
      token_type_ids: tensor(() => 0n),
    });
  }
  const seconds = (performance.now() - begun) / 1_000;
  await session.release();
  return texts.length / seconds;
}

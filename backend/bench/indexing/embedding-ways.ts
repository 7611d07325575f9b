import { readFile } from 'node:fs/promises';
import { dirname, basename } from 'node:path';
import { env, pipeline } from '@huggingface/transformers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { BlobEmbedder } from '../../src/modules/embeddings/indexing/blob-embedder.js';
import { lanesFor } from '../../src/modules/embeddings/indexing/index-run.js';
import { inLanes } from '../../src/modules/embeddings/indexing/lanes.js';
import { packagedModel } from '../../src/modules/embeddings/model/model.js';
import { MAX_TOKENS } from '../../src/modules/embeddings/model/model-files.js';
import { createTokenizer } from '../../src/modules/embeddings/model/tokenizer.js';
import type { TestApp } from '../../test/support/index.js';

/** A file, and what the model reads of it. */
export interface Source {
  readonly name: string;
  readonly text: string;
  readonly inputs: readonly string[];
}

/** Makes the vectors of all the sources' texts, in its own way. */
export type Way = (sources: readonly Source[]) => Promise<void>;

export const THREADS = 2;

/** As the product does it, short of git. */
export function product(app: TestApp): Way {
  const embedder = app.get(BlobEmbedder);
  const { signal } = new AbortController();
  return (sources) =>
    inLanes(lanesFor(THREADS), sources, async ({ name, text }) => {
      await embedder.embed({ oid: '', name }, text, signal, () => undefined);
    });
}

/** Nothing but the model: the texts are tokens before the clock starts, and nothing is done with the answers. */
export async function bare(sources: readonly Source[]): Promise<Way> {
  const { files } = packagedModel();
  const [vocabulary = {}, settings = {}] = await Promise.all(
    [files.tokenizer, files.tokenizerConfig].map(async (file) => JSON.parse(await readFile(file, 'utf8')) as object),
  );
  const tokenizer = createTokenizer(vocabulary, settings);
  const session = await InferenceSession.create(files.weights, { intraOpNumThreads: THREADS, interOpNumThreads: 1 });
  const feeds = new Map(
    sources.map((source) => [
      source,
      source.inputs.map((text) =>
        feedsOf(tokenizer.encode(text, { add_special_tokens: true }).ids.slice(0, MAX_TOKENS)),
      ),
    ]),
  );
  return async (some) => {
    for (const source of some) for (const feed of feeds.get(source) ?? []) await session.run(feed);
  };
}

function feedsOf(ids: readonly number[]): Record<string, Tensor> {
  const tensor = (value: (id: number) => bigint): Tensor =>
    new Tensor('int64', BigInt64Array.from(ids, value), [1, ids.length]);
  return { input_ids: tensor(BigInt), attention_mask: tensor(() => 1n), token_type_ids: tensor(() => 0n) };
}

/** What most people would take: Transformers.js with the same weights and threads, fed so many texts at once. */
export async function transformers(): Promise<(atOnce: number) => Way> {
  const folder = dirname(packagedModel().files.tokenizer);
  Object.assign(env, { allowRemoteModels: false, localModelPath: dirname(folder) });
  const extract = await pipeline('feature-extraction', basename(folder), {
    dtype: 'q8',
    session_options: { intraOpNumThreads: THREADS, interOpNumThreads: 1 },
  });
  return (atOnce) => async (sources) => {
    const inputs = sources.flatMap((source) => source.inputs);
    for (let at = 0; at < inputs.length; at += atOnce)
      await extract(inputs.slice(at, at + atOnce), { pooling: 'mean', normalize: true });
  };
}

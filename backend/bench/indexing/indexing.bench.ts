import { TextsRepository } from '../../src/modules/embeddings/repositories/texts.repository.js';
import { Embedder } from '../../src/modules/embeddings/model/embedder.js';
import { startWorker, type TestApp } from '../../test/support/index.js';
import { type Figure, median, timed } from '../figure.js';
import type { Fixture } from '../fixture.js';
import { realCode } from '../real-code.js';
import { product, type Source, THREADS, type Way } from './embedding-ways.js';
import { References, REFERENCES } from './references.js';

const TEXTS = 600;
const ROUNDS = 5;

/**
 * Chunks a second of the product's way with files: cut, looked up, embedded in its thread and kept. Beside it three that only
 * embed the same texts. All take turns, since what else a machine does changes from minute to minute.
 */
export async function indexing({ stack }: Fixture): Promise<Figure[]> {
  const app = await startWorker(stack, { EMBEDDINGS_THREADS: String(THREADS) });
  try {
    const sources = await read(app);
    const texts = sources.reduce((total, { inputs }) => total + inputs.length, 0);
    const references = await References.start(sources);
    const ways: Record<string, Way> = { product: product(app) };
    for (const name of REFERENCES) ways[name] = references.way(name);
    const rates = Object.fromEntries(Object.keys(ways).map((name) => [name, [] as number[]]));
    const few = sources.slice(0, 5);
    for (const way of Object.values(ways)) await way(few);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, way] of Object.entries(ways)) {
        // The product embeds no text twice: what it has kept of the round before is to be forgotten.
        await app.get(TextsRepository).collectUnfinished(0);
        const ms = await timed(() => way(sources));
        rates[name]?.push(texts / (ms / 1_000));
      }
    }
    await references.stop();
    const rate = (name: string): number => median(rates[name] ?? []);
    const reference = (what: string, name: string): Figure => ({
      what: `indexing, ${texts} chunks`,
      value: rate('product'),
      unit: 'chunks/s',
      reference: { what, value: rate(name) },
    });
    return [
      reference('bare onnxruntime loop', 'bare'),
      reference('transformers pipeline, batches of 32', 'in batches of 32'),
      reference('transformers pipeline, one by one', 'one by one'),
    ];
  } finally {
    await app.stop();
  }
}

/** Real files, as many as it takes. */
async function read(app: TestApp): Promise<Source[]> {
  const sources: Source[] = [];
  let texts = 0;
  for await (const { name, text } of realCode()) {
    if (texts >= TEXTS) break;
    const { chunks } = await app.get(Embedder).cut(name, text);
    sources.push({ name, text, inputs: [...new Set(chunks.map(({ input }) => input))] });
    texts += chunks.length;
  }
  return sources;
}

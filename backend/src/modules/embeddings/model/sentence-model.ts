import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { MAX_TOKENS, type ModelFiles } from './model-files.js';
import { createTokenizer, type Tokenizer } from './tokenizer.js';

/** Threads that wait for work by spinning take the processor from everybody else on the machine. */
const QUIET_THREADS = { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } };

/**
 * all-MiniLM-L6-v2 (Reimers & Gurevych 2019, "Sentence-BERT"): the mean of the last layer's vectors, scaled to length 1.
 * One text at a time: what the int8 weights make of a text depends on those it is batched with.
 */
export class SentenceModel {
  private constructor(
    private readonly tokenizer: Tokenizer,
    private readonly session: InferenceSession,
    private readonly separator: number,
  ) {}

  /** @throws Error when the model gives vectors of another dimension. */
  static async load(files: ModelFiles, threads: number, dimension: number): Promise<SentenceModel> {
    const [vocabulary, settings] = await Promise.all([json(files.tokenizer), json(files.tokenizerConfig)]);
    const tokenizer = createTokenizer(vocabulary, settings);
    const session = await InferenceSession.create(files.weights, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      extra: QUIET_THREADS,
    });
    const model = new SentenceModel(tokenizer, session, tokenizer.token_to_id('[SEP]') ?? 0);
    const { length } = await model.embed('dimension');
    if (length !== dimension) throw new Error(`${files.weights} gives vectors of ${length} numbers, not ${dimension}`);
    return model;
  }

  /** Tokens of a text, without the two that frame every text. */
  countTokens(text: string): number {
    return this.tokenizer.encode(text, { add_special_tokens: false }).ids.length;
  }

  /** What is over 256 tokens is not read. */
  async embed(text: string): Promise<Float32Array> {
    const { ids } = this.tokenizer.encode(text, { add_special_tokens: true });
    const kept = ids.length > MAX_TOKENS ? [...ids.slice(0, MAX_TOKENS - 1), this.separator] : ids;
    const { last_hidden_state: output } = await this.session.run({
      input_ids: tensor(BigInt64Array.from(kept, BigInt)),
      attention_mask: tensor(new BigInt64Array(kept.length).fill(1n)),
      token_type_ids: tensor(new BigInt64Array(kept.length)),
    });
    if (!output) throw new TypeError('the model has no output last_hidden_state');
    return normalised(mean(output.data as Float32Array, kept.length));
  }
}

const tensor = (values: BigInt64Array): Tensor => new Tensor('int64', values, [1, values.length]);

/** Of all tokens: nothing is padded, so the mask has no zeros. */
function mean(hidden: Float32Array, tokens: number): Float32Array {
  const width = hidden.length / tokens;
  const sum = new Float32Array(width);
  for (let start = 0; start < hidden.length; start += width)
    for (let at = 0; at < width; at++) sum[at] = (sum[at] ?? 0) + (hidden[start + at] ?? 0);
  return sum.map((value) => value / tokens);
}

function normalised(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

async function json(path: string): Promise<object> {
  return JSON.parse(await readFile(path, 'utf8')) as object;
}

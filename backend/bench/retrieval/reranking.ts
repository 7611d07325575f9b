import { randomUUID } from 'node:crypto';
import { CONFIG, type Config } from '../../src/platform/config/config.js';
import { envSchema } from '../../src/platform/config/env.schema.js';
import { MeteredModel } from '../../src/modules/auth/index.js';
import { type BranchRef, type Passage, SearchService } from '../../src/modules/embeddings/index.js';
import { Reranker } from '../../src/modules/sessions/chat/reranker.js';
import { PASSAGES } from '../../src/modules/sessions/chat/retriever.js';
import type { TestApi } from '../../test/support/index.js';

/** The files of the passages that an answer would be written from, by the search's order and the language model's. */
export interface Orders {
  readonly found: readonly string[];
  /** Left out where no model is asked; null where it gave no order. */
  readonly byModel?: readonly string[] | null;
}

const MODEL = { LLM_BASE_URL: true, LLM_API_KEY: true, OPENROUTER_API_KEY: true, LLM_MODEL: true } as const;

/** The product's own variables and defaults say which model; it is asked for real, and paid for. @throws Error without a key */
export function modelEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const { LLM_API_KEY, OPENROUTER_API_KEY, ...model } = envSchema.pick(MODEL).parse(environment);
  const key = LLM_API_KEY ?? OPENROUTER_API_KEY;
  if (!key)
    throw new Error('--rerank asks a language model: say LLM_API_KEY, and LLM_BASE_URL and LLM_MODEL if need be');
  const more = Object.entries(environment).filter(([name]) => name.startsWith('LLM_'));
  // Where the model gives no order, the product logs a warning.
  return { ...(Object.fromEntries(more) as Record<string, string>), ...model, LLM_API_KEY: key, LOG_LEVEL: 'warn' };
}

/** Finds the passages for a question, and has the language model order them if somebody pays for it. */
export class Reranking {
  private readonly search: SearchService;
  private readonly reranker: Reranker;

  /** @param payerId a user's id; without, no model is asked. */
  constructor(
    api: TestApi,
    private readonly payerId: string | undefined,
  ) {
    this.search = api.get(SearchService);
    this.reranker = new Reranker({ ...api.get<Config>(CONFIG), SEARCH_RERANK: true }, api.get(MeteredModel));
  }

  async of(at: BranchRef, repository: string, query: string): Promise<Orders> {
    const { passages } = await this.search.passages(at, { query, limit: PASSAGES });
    const found = filesOf(passages);
    if (this.payerId === undefined) return { found };
    const payer = { userId: this.payerId, kind: 'chat', ref: randomUUID(), repository } as const;
    const { signal } = new AbortController();
    const ordered = await this.reranker.order(passages, { question: query, payer, signal });
    // Without an order of the model's, they are given back as they are.
    return { found, byModel: ordered === passages ? null : filesOf(ordered) };
  }
}

const filesOf = (passages: readonly Passage[]): string[] => [...new Set(passages.map(({ path }) => path))];

/** The best that any order of the same passages could be: what is expected first. */
export const bestOrder = (found: readonly string[], gold: readonly string[]): string[] =>
  found.toSorted((a, b) => Number(gold.includes(b)) - Number(gold.includes(a)));

import { Inject, Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import type { LlmMessage } from '../../../platform/llm/llm.types.js';
import { countTokens } from '../../../platform/llm/tokenizer.js';
import { DataBoundary } from '../../../platform/llm/untrusted.js';
import { MeteredModel, type Payer } from '../../auth/index.js';
import type { Passage } from '../../embeddings/index.js';

/** What is asked about, and who pays for asking the model which of what was found tells most. */
export interface RerankWish {
  readonly question: string;
  readonly payer: Payer;
  readonly signal: AbortSignal;
}

/** An answer must not wait for its order longer than for itself. */
const LONGEST_MS = 15_000;
/** What the passages may take of the model's context. */
const CONTEXT_SHARE = 1 / 3;
const ANSWER_TOKENS = 200;
const LONGEST_QUESTION = 4_000;

const RULES =
  'You are given numbered passages of a repository that a search has found, and a question about the repository. ' +
  'Give the numbers of those that somebody must read or change to answer it, the most telling first. Leave out those ' +
  'that only share words with it.';

const SCHEMA = {
  name: 'order_of_passages',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['passages'],
    properties: { passages: { type: 'array', items: { type: 'integer' } } },
  },
};
const answerSchema = z.object({ passages: z.array(z.number().int()) });

/**
 * Has the language model say which passages tell most; off unless `SEARCH_RERANK` is on, for it costs a call for each
 * question. Its order is advice: what it leaves out follows in the order of the search, what it invents is not heard, and
 * when it fails or is late the search's own order stands.
 */
@Injectable()
export class Reranker {
  private readonly logger = new Logger(Reranker.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly model: MeteredModel,
  ) {}

  /** The same passages, the most telling first. @throws the signal's reason */
  async order(passages: readonly Passage[], wish: RerankWish): Promise<readonly Passage[]> {
    if (!this.config.SEARCH_RERANK || passages.length < 2) return passages;
    try {
      return inOrder(passages, await this.ask(passages, wish));
    } catch (error) {
      wish.signal.throwIfAborted();
      this.logger.warn({ message: 'the order of the search stands', ref: wish.payer.ref, error });
      return passages;
    }
  }

  /** @throws DomainError `auth.budget-exceeded`, of the `llm.` family; ZodError, SyntaxError for what is no order */
  private async ask(passages: readonly Passage[], { question, payer, signal }: RerankWish): Promise<number[]> {
    const request = {
      messages: prompt(passages, question, Math.floor(this.config.LLM_CONTEXT_TOKENS * CONTEXT_SHARE)),
      responseSchema: SCHEMA,
      maxTokens: ANSWER_TOKENS,
      temperature: 0,
      user: payer.userId,
      signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
    };
    const { text } = await this.model.complete(request, payer);
    return answerSchema.parse(JSON.parse(text)).passages;
  }
}

function prompt(passages: readonly Passage[], question: string, room: number): LlmMessage[] {
  const boundary = new DataBoundary();
  const blocks: string[] = [];
  let used = 0;
  for (const [at, { path, startLine, endLine, text }] of passages.entries()) {
    const block = boundary.wrap('span', text, { number: String(at + 1), path, lines: `${startLine}-${endLine}` });
    used += countTokens(block);
    if (used > room) break;
    blocks.push(block);
  }
  return [
    { role: 'system', content: [`${RULES}\n${boundary.rule}`, ...blocks].join('\n\n') },
    { role: 'user', content: question.slice(0, LONGEST_QUESTION) },
  ];
}

/** @param numbers 1-based places in `passages`; those that are none, and repetitions, are not heard. */
function inOrder(passages: readonly Passage[], numbers: readonly number[]): Passage[] {
  const told = numbers.flatMap((number) => passages[number - 1] ?? []);
  return [...new Set([...told, ...passages])];
}

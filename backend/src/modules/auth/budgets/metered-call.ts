import type { Logger } from '@nestjs/common';
import type { LlmClient } from '../../../platform/llm/llm-client.js';
import type { LlmEvent, LlmRequest, LlmUsage } from '../../../platform/llm/llm.types.js';
import { costOf, type Price } from '../../../platform/llm/model-catalogue.js';
import { promptTokens } from '../../../platform/llm/prompt-tokens.js';
import { PROMPT_MARGIN } from '../../../platform/llm/prompt-windows.js';
import { countTokens } from '../../../platform/llm/tokenizer.js';
import { type Payer, RESERVATION_SECONDS, type Spending } from './spending.js';

export interface MeteredCallParts {
  readonly llm: LlmClient;
  readonly spending: Spending;
  readonly logger: Logger;
  readonly request: LlmRequest;
  readonly payer: Payer;
  readonly model: string;
  /** Null where nobody knows it. */
  readonly price: Price | null;
}

/** One call of the language model: its most is reserved before it, what it took is settled after it, however it ends. */
export class MeteredCall {
  private readonly prompt: number;
  private written = '';

  /** What it took, once it is over: by the model's word, or counted here where it broke off. Undefined when nothing was. */
  usage: LlmUsage | undefined;

  constructor(private readonly parts: MeteredCallParts) {
    this.prompt = promptTokens(parts.request);
  }

  /** @throws DomainError `auth.budget-exceeded` or `llm.price-unknown` before the model is asked; else as `LlmClient.stream`. */
  async *stream(): AsyncGenerator<LlmEvent, void, undefined> {
    const { llm, spending, request, payer } = this.parts;
    const reservation = await spending.reserve(payer, this.most());
    const beat = setInterval(() => this.attempt(spending.prolong(reservation)), (RESERVATION_SECONDS * 1_000) / 3);
    try {
      for await (const event of llm.stream(request)) {
        this.note(event);
        yield event;
      }
    } finally {
      clearInterval(beat);
      await this.close(reservation);
    }
  }

  private note(event: LlmEvent): void {
    if (event.type === 'delta') this.written += event.text;
    else if (event.type === 'tool_call') this.written += event.arguments;
    else this.usage = event;
  }

  private most() {
    const { request, model, price } = this.parts;
    const prompt = Math.ceil(this.prompt * PROMPT_MARGIN);
    return {
      model,
      tokens: prompt + request.maxTokens,
      costUsd: price && costOf(price, prompt, request.maxTokens),
    };
  }

  /** A call that was settled has been paid for; one that came to nothing leaves nothing. */
  private async close(reservation: string): Promise<void> {
    const { spending, payer } = this.parts;
    this.usage ??= this.brokenOff();
    if (!this.usage) {
      this.attempt(spending.release(reservation));
      return;
    }
    const { prompt, completion, costUsd } = this.usage;
    await spending.settle(reservation, payer, { tokens: prompt + completion, costUsd: costUsd ?? 0 });
  }

  /** What is billed although nobody will tell: the model had begun to answer, or we have hung up on it. */
  private brokenOff(): LlmUsage | undefined {
    const { request, model, price } = this.parts;
    if (this.written === '' && !request.signal.aborted) return undefined;
    const completion = countTokens(this.written);
    const costUsd = price && costOf(price, this.prompt, completion);
    return { model, prompt: this.prompt, completion, costUsd, estimated: true };
  }

  /** What does not get through is made up for by the reservation's lease. */
  private attempt(work: Promise<void>): void {
    const { logger } = this.parts;
    work.catch((error: unknown) => logger.warn({ message: 'reservation not changed', error }));
  }
}

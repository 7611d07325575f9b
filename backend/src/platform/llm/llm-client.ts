import { Inject, Injectable } from '@nestjs/common';
import { OpenAI } from 'openai';
import { CONFIG, type Config } from '../config/config.js';
import { currentContext } from '../context/request-context.js';
import { AnswerAssembler, type ReportedUsage } from './answer-assembler.js';
import { modelInterrupted, modelTimedOut, toLlmError } from './llm.errors.js';
import type { LlmCompletion, LlmEvent, LlmRequest, LlmUsage, ToolCall } from './llm.types.js';
import { costOf, ModelCatalogue } from './model-catalogue.js';
import { promptTokens } from './prompt-tokens.js';
import { Tokenizer } from './tokenizer.js';
import { toParameters } from './wire.js';
import { Watchdog } from './watchdog.js';

/**
 * The language model behind an OpenAI-compatible endpoint. Calls are never repeated by themselves: they cost money.
 * Every failure is a DomainError of the `llm.` family, also one in the middle of a stream; a caller's abort rejects
 * with its signal's reason. LLM_TIMEOUT_SECONDS bounds the silence before the first and between any two events.
 */
@Injectable()
export class LlmClient {
  constructor(
    private readonly openai: OpenAI,
    private readonly catalogue: ModelCatalogue,
    private readonly tokenizer: Tokenizer,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async *stream(request: LlmRequest): AsyncGenerator<LlmEvent, void, undefined> {
    const watchdog = new Watchdog(this.config.LLM_TIMEOUT_SECONDS * 1_000, request.signal);
    const answer = new AnswerAssembler();
    try {
      watchdog.wait();
      for await (const chunk of await this.open(request, watchdog.signal)) {
        watchdog.rest();
        const text = answer.add(chunk);
        if (text) yield { type: 'delta', text };
        watchdog.wait();
      }
      // The official client ends its iteration quietly when the call is aborted.
      if (watchdog.signal.aborted) throw modelInterrupted();
      watchdog.rest();
      const finishReason = answer.finished();
      for (const call of answer.toolCalls) yield { type: 'tool_call', ...call };
      yield { type: 'usage', finishReason, ...(await this.usage(request, answer)) };
    } catch (error) {
      throw this.explain(error, watchdog, request.signal);
    } finally {
      watchdog.stop();
    }
  }

  /** The whole answer at once. */
  complete(request: LlmRequest): Promise<LlmCompletion> {
    return completionOf(this.stream(request));
  }

  private open(request: LlmRequest, signal: AbortSignal): Promise<AsyncIterable<OpenAI.ChatCompletionChunk>> {
    const requestId = currentContext()?.requestId;
    return this.openai.chat.completions.create(toParameters(request, this.config.LLM_MODEL), {
      signal,
      ...(requestId ? { headers: { 'X-Request-Id': requestId } } : {}),
    });
  }

  private explain(error: unknown, watchdog: Watchdog, caller: AbortSignal): unknown {
    if (watchdog.expired) return modelTimedOut(this.config.LLM_TIMEOUT_SECONDS, error);
    if (caller.aborted) return caller.reason;
    return toLlmError(error, this.config.LLM_TIMEOUT_SECONDS);
  }

  private async usage(request: LlmRequest, answer: AnswerAssembler): Promise<LlmUsage> {
    const model = answer.model ?? request.model ?? this.config.LLM_MODEL;
    const prompt = answer.usage?.prompt_tokens ?? promptTokens(request);
    const completion = answer.usage?.completion_tokens ?? this.countAnswer(answer);
    const reported = reportedCost(answer.usage);
    return {
      model,
      prompt,
      completion,
      costUsd: reported ?? (await this.price(request.model ?? this.config.LLM_MODEL, prompt, completion)),
      estimated: answer.usage === undefined,
    };
  }

  private countAnswer({ text, toolCalls }: AnswerAssembler): number {
    return [text, ...toolCalls.map((call) => call.arguments)].reduce(
      (sum, part) => sum + this.tokenizer.count(part),
      0,
    );
  }

  private async price(model: string, prompt: number, completion: number): Promise<number | null> {
    const price = await this.catalogue.priceOf(model);
    return price && costOf(price, prompt, completion);
  }
}

/** The events of a streamed answer, put together. @throws DomainError `llm.interrupted` when they end without their last one */
export async function completionOf(events: AsyncIterable<LlmEvent>): Promise<LlmCompletion> {
  let text = '';
  const toolCalls: ToolCall[] = [];
  for await (const event of events) {
    if (event.type === 'delta') text += event.text;
    else if (event.type === 'tool_call') toolCalls.push(toolCall(event));
    else {
      const { type: _type, finishReason, ...usage } = event;
      return { text, toolCalls, finishReason, usage };
    }
  }
  throw modelInterrupted();
}

function toolCall({ id, name, arguments: text }: ToolCall): ToolCall {
  return { id, name, arguments: text };
}

function reportedCost(usage: ReportedUsage | undefined): number | undefined {
  return typeof usage?.cost === 'number' && usage.cost >= 0 ? usage.cost : undefined;
}

import type { OpenAI } from 'openai';
import { modelInterrupted, modelMisbehaved } from './llm.errors.js';
import type { FinishReason, ToolCall } from './llm.types.js';

/** Other endpoints leave out what OpenAI's own always sends. */
type Chunk = Omit<OpenAI.ChatCompletionChunk, 'choices'> & {
  readonly choices?: readonly (Omit<OpenAI.ChatCompletionChunk.Choice, 'delta'> & {
    readonly delta?: OpenAI.ChatCompletionChunk.Choice.Delta;
  })[];
};

/** No limit of tokens makes an answer longer than this; what does is not an answer. */
const LONGEST_ANSWER = 4_000_000;
const MOST_TOOL_CALLS = 64;

/** OpenRouter adds what the call cost, in dollars. */
export type ReportedUsage = OpenAI.CompletionUsage & { readonly cost?: unknown };

/** Puts the chunks of one streamed answer together. */
export class AnswerAssembler {
  private readonly calls = new Map<number, { id: string; name: string; arguments: string }>();
  private length = 0;
  private finish?: FinishReason;
  text = '';
  usage?: ReportedUsage;
  model?: string;

  /** Takes in a chunk and gives the text it adds to the answer. */
  add(chunk: Chunk): string {
    this.model ??= chunk.model;
    if (chunk.usage) this.usage = chunk.usage;
    const choice = chunk.choices?.[0];
    if (!choice) return '';
    for (const call of choice.delta?.tool_calls ?? []) this.addCall(call);
    if (choice.finish_reason) this.finish = finishReason(choice.finish_reason);
    const text = choice.delta?.content ?? '';
    this.grow(text);
    this.text += text;
    return text;
  }

  get toolCalls(): readonly ToolCall[] {
    return [...this.calls.entries()].sort(([a], [b]) => a - b).map(([, call]) => call);
  }

  /** @throws DomainError `llm.interrupted` when the stream stopped before the model said that it had finished */
  finished(): FinishReason {
    if (!this.finish) throw modelInterrupted();
    if (this.toolCalls.some((call) => call.name === '')) throw modelMisbehaved('it called a tool without a name');
    return this.finish;
  }

  private addCall(delta: OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall): void {
    const call = this.calls.get(delta.index) ?? { id: '', name: '', arguments: '' };
    call.id ||= delta.id ?? '';
    call.name ||= delta.function?.name ?? '';
    const more = delta.function?.arguments ?? '';
    this.grow(more);
    call.arguments += more;
    this.calls.set(delta.index, call);
    if (this.calls.size > MOST_TOOL_CALLS) throw modelMisbehaved('it called too many tools at once');
  }

  private grow(text: string): void {
    this.length += text.length;
    if (this.length > LONGEST_ANSWER) throw modelMisbehaved('it has no end');
  }
}

/** Providers use more words than the specification; `error` is how OpenRouter ends a stream that failed. */
function finishReason(reason: string): FinishReason {
  switch (reason) {
    case 'length':
    case 'content_filter':
    case 'tool_calls':
      return reason;
    case 'function_call':
      return 'tool_calls';
    case 'error':
      throw modelInterrupted();
    default:
      return 'stop';
  }
}

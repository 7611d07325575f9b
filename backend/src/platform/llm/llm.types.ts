/** A call of a tool as the model wrote it; `arguments` is its JSON text, not yet checked. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

export type LlmMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls?: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly content: string };

/** A function the model may call; `parameters` is a JSON Schema. */
export interface LlmTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface LlmRequest {
  /** Id from the catalogue; the configured model when left out. */
  readonly model?: string;
  readonly messages: readonly LlmMessage[];
  readonly tools?: readonly LlmTool[];
  /** Asks for an answer that is one JSON document of this schema. Still to be validated: not every model obeys. */
  readonly responseSchema?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  readonly maxTokens: number;
  readonly temperature: number;
  /** Ends the call, and with it what it costs; the call then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Opaque id of the person on whose behalf the call is made, for the provider's abuse reports. */
  readonly user?: string;
}

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter';

/** What a call consumed. */
export interface LlmUsage {
  /** The model that answered, as the provider names it. */
  readonly model: string;
  /** Tokens of the prompt and of the completion. */
  readonly prompt: number;
  readonly completion: number;
  /** US dollars; null when neither the provider nor the catalogue names a price. */
  readonly costUsd: number | null;
  /** True when the provider reported no usage and the tokens were counted here. */
  readonly estimated: boolean;
}

/**
 * One event of a streamed answer: any number of deltas, then the tool calls (whole), then `usage` once, always last.
 * A stream that ends before `usage` has thrown.
 */
export type LlmEvent =
  | { readonly type: 'delta'; readonly text: string }
  | ({ readonly type: 'tool_call' } & ToolCall)
  | ({ readonly type: 'usage'; readonly finishReason: FinishReason } & LlmUsage);

/** A whole answer. */
export interface LlmCompletion {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: FinishReason;
  readonly usage: LlmUsage;
}

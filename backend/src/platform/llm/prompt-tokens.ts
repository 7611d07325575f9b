import type { LlmMessage, LlmRequest } from './llm.types.js';
import { countTokens } from './tokenizer.js';

/** What a message costs beside its text: role and separators. */
const FRAME_TOKENS = 4;

/** Tokens of everything that a request sends: messages, calls of tools, the tools themselves. */
export function promptTokens({ messages, tools = [] }: LlmRequest): number {
  const offered = tools.length > 0 ? countTokens(JSON.stringify(tools)) : 0;
  return messages.reduce((sum, message) => sum + FRAME_TOKENS + tokensOf(message), offered);
}

function tokensOf(message: LlmMessage): number {
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : [];
  return calls.reduce(
    (sum, call) => sum + countTokens(call.name) + countTokens(call.arguments),
    countTokens(message.content),
  );
}

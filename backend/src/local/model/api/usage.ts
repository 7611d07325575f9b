import { countTokens } from '../../../platform/llm/tokenizer.js';
import { ApiError } from './api-error.js';
import { type LocalModel, MODELS } from './catalogue.js';
import type { ChatRequest } from './chat-request.js';
import type { Reply } from './reply.js';

/** Role and separators of a message; the beginning of the answer. */
const MESSAGE_TOKENS = 4;
const ANSWER_TOKENS = 3;

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  /** US dollars, as OpenRouter reports it. */
  readonly cost: number;
}

/** @throws ApiError when prompt and answer together do not fit into the model */
export function countPrompt(request: ChatRequest): number {
  const messages = request.messages.reduce((sum, message) => sum + MESSAGE_TOKENS + countTokens(textOf(message)), 0);
  const tools = request.tools ? countTokens(JSON.stringify(request.tools)) : 0;
  const prompt = messages + tools + ANSWER_TOKENS;
  const { contextLength } = modelOf(request);
  if (prompt + (request.max_tokens ?? 0) > contextLength) {
    throw new ApiError(
      400,
      `This model's maximum context length is ${contextLength} tokens. However, you requested ` +
        `${prompt + (request.max_tokens ?? 0)} tokens (${prompt} in the messages, ${request.max_tokens ?? 0} in the completion).`,
      { code: 'context_length_exceeded', param: 'messages' },
    );
  }
  return prompt;
}

export function usageOf(request: ChatRequest, prompt: number, reply: Reply): Usage {
  const { promptPrice, completionPrice } = modelOf(request);
  const calls = reply.toolCalls.reduce((sum, call) => sum + countTokens(call.name) + countTokens(call.arguments), 0);
  const completion = countTokens(reply.text) + calls;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    cost: prompt * promptPrice + completion * completionPrice,
  };
}

function textOf(message: ChatRequest['messages'][number]): string {
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : [];
  return [message.content, ...calls.map((call) => call.function.name + call.function.arguments)].join('\n');
}

function modelOf(request: ChatRequest): LocalModel {
  const model = MODELS.find(({ id }) => id === request.model);
  if (!model) throw new ApiError(404, `The model '${request.model}' does not exist.`, { code: 'model_not_found' });
  return model;
}

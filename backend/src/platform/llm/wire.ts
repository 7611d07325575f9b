import type { OpenAI } from 'openai';
import { stripInvisible } from '../text/invisible.js';
import type { LlmMessage, LlmRequest } from './llm.types.js';

/** A request as the chat completions endpoint wants it. */
export function toParameters(request: LlmRequest, standardModel: string): OpenAI.ChatCompletionCreateParamsStreaming {
  const { responseSchema, tools, user } = request;
  return {
    model: request.model ?? standardModel,
    messages: request.messages.map(toMessage),
    max_tokens: request.maxTokens,
    temperature: request.temperature,
    stream: true,
    stream_options: { include_usage: true },
    ...(user ? { user } : {}),
    ...(tools?.length
      ? {
          tools: tools.map((tool) => ({ type: 'function', function: { ...tool, parameters: { ...tool.parameters } } })),
        }
      : {}),
    ...(responseSchema ? { response_format: toFormat(responseSchema) } : {}),
  };
}

function toFormat({ name, schema }: NonNullable<LlmRequest['responseSchema']>): OpenAI.ResponseFormatJSONSchema {
  return { type: 'json_schema', json_schema: { name, schema: { ...schema }, strict: true } };
}

/** Whoever wrote it: what a person does not see is not said to the model. */
function toMessage(message: LlmMessage): OpenAI.ChatCompletionMessageParam {
  const content = stripInvisible(message.content);
  switch (message.role) {
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content };
    case 'assistant':
      return { role: 'assistant', content, ...toCalls(message.toolCalls) };
    default:
      return { role: message.role, content };
  }
}

function toCalls(calls: readonly { id: string; name: string; arguments: string }[] = []): {
  tool_calls?: OpenAI.ChatCompletionMessageFunctionToolCall[];
} {
  if (calls.length === 0) return {};
  return {
    tool_calls: calls.map(({ id, name, arguments: text }) => ({
      id,
      type: 'function',
      function: { name, arguments: text },
    })),
  };
}

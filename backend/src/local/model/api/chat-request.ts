import { z } from 'zod';
import { ApiError } from './api-error.js';
import { MODELS } from './catalogue.js';

const text = z.union([
  z.string(),
  z
    .array(z.object({ type: z.literal('text'), text: z.string() }))
    .transform((parts) => parts.map((part) => part.text).join('\n')),
]);

const toolCall = z.object({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.object({ name: z.string().min(1), arguments: z.string() }),
});

const message = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), content: text }),
  z.object({ role: z.literal('developer'), content: text }),
  z.object({ role: z.literal('user'), content: text }),
  z.object({
    role: z.literal('assistant'),
    content: text.nullish().transform((content) => content ?? ''),
    tool_calls: z.array(toolCall).optional(),
  }),
  z.object({ role: z.literal('tool'), content: text, tool_call_id: z.string().min(1) }),
]);

const schemaObject = z.record(z.string(), z.unknown());

const tool = z.object({
  type: z.literal('function'),
  function: z.object({
    name: z.string().regex(/^[\w-]{1,64}$/),
    description: z.string().optional(),
    parameters: schemaObject.optional(),
  }),
});

const responseFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({ type: z.literal('json_schema'), json_schema: z.object({ name: z.string(), schema: schemaObject }) }),
]);

const chatRequest = z.object({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  tools: z.array(tool).max(128).optional(),
  response_format: responseFormat.optional(),
  max_tokens: z.number().int().positive().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  user: z.string().optional(),
  n: z.literal(1).nullish(),
});

export type ChatRequest = z.output<typeof chatRequest>;
export type ChatMessage = ChatRequest['messages'][number];

/**
 * Reads a request of the chat completions endpoint.
 * @throws ApiError as OpenAI refuses it: 400 with the parameter's name, 404 for a model that does not exist
 */
export function parseChatRequest(body: unknown): ChatRequest {
  const { data, error } = chatRequest.safeParse(body);
  if (!data) {
    const issue = error.issues[0];
    const param = issue?.path.join('.') ?? '';
    throw new ApiError(400, `Invalid value for '${param}': ${issue?.message ?? 'unknown'}.`, { param });
  }
  if (!MODELS.some((model) => model.id === data.model)) {
    throw new ApiError(404, `The model '${data.model}' does not exist.`, { code: 'model_not_found', param: 'model' });
  }
  checkToolMessages(data.messages);
  return data;
}

/** Each answer of a tool belongs to a call just before it. */
function checkToolMessages(messages: readonly ChatMessage[]): void {
  let open = new Set<string>();
  for (const [index, item] of messages.entries()) {
    if (item.role === 'assistant') open = new Set(item.tool_calls?.map((call) => call.id));
    else if (item.role === 'tool' && !open.has(item.tool_call_id)) {
      throw new ApiError(400, "Messages with role 'tool' must answer a preceding message with 'tool_calls'.", {
        param: `messages.${index}.role`,
      });
    }
  }
}

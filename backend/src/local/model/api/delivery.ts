import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { deltas, type Reply } from './reply.js';
import type { Usage } from './usage.js';

/** Where a stream is broken off, and how. */
export interface Break {
  readonly after: number;
  readonly how: 'cut' | 'hang' | 'error';
}

export interface Answer {
  readonly model: string;
  readonly reply: Reply;
  readonly usage: Usage;
}

export interface StreamedAnswer extends Answer {
  readonly includeUsage: boolean;
  /** Milliseconds between two deltas; the first comes at once. */
  readonly paceMs: number;
  readonly broken?: Break;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
}

const ERROR_EVENT = { error: { message: 'The model failed while it answered.', type: 'server_error', code: 502 } };

/** The answer as one document. */
export function sendWhole(res: ServerResponse, { model, reply, usage }: Answer): void {
  const message = { role: 'assistant', content: reply.text, ...toolCalls(reply) };
  const choices = [{ index: 0, message, finish_reason: reply.finishReason, logprobs: null }];
  sendJson(res, 200, { ...frame(model, 'chat.completion'), choices, usage });
}

/** The answer as server-sent events in the form of OpenAI's `chat.completion.chunk`. */
export async function sendStream(res: ServerResponse, delivery: StreamedAnswer): Promise<void> {
  const { model, reply, usage, broken, signal } = delivery;
  const common = frame(model, 'chat.completion.chunk');
  const send = (choices: unknown[], more: object = {}): void => write(res, { ...common, choices, ...more });
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  send([choice({ role: 'assistant', content: '' })]);
  const pieces = [...deltas(reply.text).map((content) => ({ content })), ...toolDeltas(reply)];
  for (const [index, delta] of pieces.entries()) {
    if (broken && index >= broken.after) break;
    if (index > 0) await delay(delivery.paceMs, undefined, { signal });
    send([choice(delta)]);
  }
  if (broken) return breakOff(res, broken, signal);
  send([choice({}, reply.finishReason)]);
  if (delivery.includeUsage) send([], { usage });
  res.end('data: [DONE]\n\n');
}

async function breakOff(res: ServerResponse, { how }: Break, signal: AbortSignal): Promise<void> {
  if (how === 'hang') return untilGone(signal);
  if (how === 'error') {
    write(res, ERROR_EVENT);
    res.end();
    return;
  }
  // What was written is on its way before the connection is reset.
  await new Promise((sent) => res.write('', sent));
  res.destroy();
}

/** Resolves when the client has left. */
export async function untilGone(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((gone) => signal.addEventListener('abort', gone, { once: true }));
}

export function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  res.end(JSON.stringify(body));
}

function write(res: ServerResponse, event: unknown): void {
  res.write(`data: ${JSON.stringify(event)}\n\n`);
}

function frame(model: string, object: string): object {
  return { id: `chatcmpl-${randomUUID()}`, object, created: Math.floor(Date.now() / 1000), model };
}

function choice(delta: object, finishReason: string | null = null): unknown {
  return { index: 0, delta, finish_reason: finishReason, logprobs: null };
}

function toolCalls({ toolCalls: calls }: Reply): object {
  if (calls.length === 0) return {};
  return {
    tool_calls: calls.map(({ id, name, arguments: text }) => ({
      id,
      type: 'function',
      function: { name, arguments: text },
    })),
  };
}

/** The name comes first, then the arguments piece by piece. */
function toolDeltas({ toolCalls: calls }: Reply): object[] {
  return calls.flatMap(({ id, name, arguments: text }, index) => [
    { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] },
    ...deltas(text).map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
  ]);
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config/config.js';
import { runInContext } from '../context/request-context.js';
import { LlmClient } from './llm-client.js';
import { createOpenAi } from './llm.module.js';
import type { LlmEvent, LlmRequest } from './llm.types.js';
import { ModelCatalogue } from './model-catalogue.js';
import { Tokenizer } from './tokenizer.js';

type Answer = (res: ServerResponse, req: IncomingMessage, body: Record<string, unknown>) => void;

let server: Server;
let answer: Answer;
let calls: number;
let client: LlmClient;

const PRICES = { data: [{ id: 'priced', pricing: { prompt: '0.000001', completion: '0.000002' } }] };

beforeAll(async () => {
  server = createServer((req, res) => {
    if (req.url === '/v1/models') {
      res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(PRICES));
      return;
    }
    calls += 1;
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => answer(res, req, JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const config = {
    LLM_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    LLM_API_KEY: 'key-of-the-test',
    LLM_MODEL: 'priced',
    LLM_TIMEOUT_SECONDS: 1,
  } as Config;
  const openai = createOpenAi(config);
  client = new LlmClient(openai, new ModelCatalogue(openai, config), new Tokenizer(), config);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  calls = 0;
});

function ask(more: Partial<LlmRequest> = {}): LlmRequest {
  return {
    messages: [{ role: 'user', content: 'Hello there' }],
    maxTokens: 100,
    temperature: 0,
    signal: new AbortController().signal,
    ...more,
  };
}

/** Sends chunks as an endpoint streams them, and ends. */
function stream(...events: readonly (object | string)[]): Answer {
  return (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events) res.write(`data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`);
    res.end();
  };
}

const chunk = (delta: object, finish_reason: string | null = null): object => ({
  id: 'c',
  model: 'priced-2026',
  choices: [{ index: 0, delta, finish_reason }],
});

const refusal =
  (status: number, code: string | null = null, headers: Record<string, string> = {}): Answer =>
  (res) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(JSON.stringify({ error: { message: 'secret words of the provider', code } }));
  };

async function collect(events: AsyncIterable<LlmEvent>): Promise<LlmEvent[]> {
  const all: LlmEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe('language model client', () => {
  it('gives deltas, then tool calls put together, then the usage', async () => {
    answer = stream(
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: 'Let me ' }),
      chunk({ content: 'look.' }),
      chunk({ tool_calls: [{ index: 1, id: 'b', function: { name: 'submit', arguments: '{}' } }] }),
      chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'bash', arguments: '{"comm' } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: 'and":"ls"}' } }] }),
      chunk({}, 'tool_calls'),
      { id: 'c', model: 'priced-2026', choices: [], usage: { prompt_tokens: 10, completion_tokens: 4, cost: 0.5 } },
      '[DONE]',
    );
    expect(await collect(client.stream(ask()))).toEqual([
      { type: 'delta', text: 'Let me ' },
      { type: 'delta', text: 'look.' },
      { type: 'tool_call', id: 'a', name: 'bash', arguments: '{"command":"ls"}' },
      { type: 'tool_call', id: 'b', name: 'submit', arguments: '{}' },
      {
        type: 'usage',
        finishReason: 'tool_calls',
        model: 'priced-2026',
        prompt: 10,
        completion: 4,
        costUsd: 0.5,
        estimated: false,
      },
    ]);
  });

  it('asks as the endpoint wants it, under the id of the request and with the key', async () => {
    let seen: { headers: IncomingMessage['headers']; body: Record<string, unknown> } | undefined;
    answer = (res, req, body) => {
      seen = { headers: req.headers, body };
      stream(chunk({ content: 'Yes' }, 'stop'))(res, req, body);
    };
    const tools = [{ name: 'bash', description: 'Runs', parameters: { type: 'object' } }];
    await runInContext({ requestId: 'req-77', via: 'job' }, () =>
      client.complete(
        ask({
          tools,
          user: 'user-5',
          messages: [
            { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'bash', arguments: '{}' }] },
            { role: 'tool', toolCallId: 'a', content: 'done' },
          ],
        }),
      ),
    );
    expect(seen?.headers).toMatchObject({ 'x-request-id': 'req-77', authorization: 'Bearer key-of-the-test' });
    expect(seen?.body).toEqual({
      model: 'priced',
      messages: [
        {
          role: 'assistant',
          content: '',
          tool_calls: [{ id: 'a', type: 'function', function: { name: 'bash', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'a', content: 'done' },
      ],
      tools: [{ type: 'function', function: tools[0] }],
      max_tokens: 100,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
      user: 'user-5',
    });
  });

  it('takes the price from the catalogue when the answer names none', async () => {
    answer = stream(chunk({ content: 'Yes' }, 'stop'), {
      choices: [],
      usage: { prompt_tokens: 1000, completion_tokens: 500 },
    });
    expect((await client.complete(ask())).usage).toMatchObject({ costUsd: 0.002, estimated: false });
    expect((await client.complete(ask({ model: 'unknown' }))).usage.costUsd).toBeNull();
  });

  it('counts by itself, and says so, when the answer reports no usage', async () => {
    answer = stream(chunk({ content: 'hello world' }, 'stop'), '[DONE]');
    const { text, usage } = await client.complete(ask());
    expect(text).toBe('hello world');
    expect(usage).toMatchObject({ prompt: 6, completion: 2, estimated: true });
  });

  it.each<[string, Answer]>([
    [
      'its connection is reset',
      (res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.write(`data: ${JSON.stringify(chunk({ content: 'Half an ' }))}\n\n`, () => res.destroy());
      },
    ],
    ['it ends without a finish', stream(chunk({ content: 'Half an ' }))],
    [
      'it sends an error event',
      stream(chunk({ content: 'Half an ' }), { error: { message: 'overloaded', code: 502 } }),
    ],
    ['it sends no JSON', stream(chunk({ content: 'Half an ' }), '{"choices":')],
    ['it finishes with an error', stream(chunk({ content: 'Half an ' }), chunk({}, 'error'))],
  ])('fails in the middle of a stream when %s, once', async (_name, broken) => {
    answer = broken;
    const texts: string[] = [];
    const reading = (async () => {
      for await (const event of client.stream(ask())) texts.push(event.type === 'delta' ? event.text : event.type);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'llm.interrupted', kind: 'upstream' });
    expect(texts).toEqual(['Half an ']);
    expect(calls).toBe(1);
  });

  it.each<[number, string | null, string, string]>([
    [400, null, 'llm.rejected', 'upstream'],
    [400, 'context_length_exceeded', 'llm.prompt-too-large', 'upstream'],
    [401, null, 'llm.refused', 'upstream'],
    [402, null, 'llm.no-credit', 'upstream'],
    [404, null, 'llm.unknown-model', 'upstream'],
    [429, null, 'llm.rate-limited', 'unavailable'],
    [500, null, 'llm.failed', 'upstream'],
    [503, null, 'llm.unavailable', 'unavailable'],
    [504, null, 'llm.timeout', 'timeout'],
  ])('tells a %i (%s) as %s, in our own words, after one try', async (status, code, ours, kind) => {
    answer = refusal(status, code, { 'retry-after': '7' });
    const error: unknown = await client.complete(ask()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: ours, kind });
    expect((error as { detail: string }).detail).not.toContain('secret words');
    expect((error as { retryAfterSeconds?: number }).retryAfterSeconds).toBe(status === 429 ? 7 : undefined);
    expect(calls).toBe(1);
  });

  it('gives up on a model that says nothing, at first or later', async () => {
    answer = () => undefined;
    await expect(client.complete(ask())).rejects.toMatchObject({ code: 'llm.timeout', kind: 'timeout' });
    answer = (res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(`data: ${JSON.stringify(chunk({ content: 'One moment' }))}\n\n`);
    };
    await expect(client.complete(ask())).rejects.toMatchObject({ code: 'llm.timeout' });
  });

  it('does not hurry a reader who takes longer than the model may', async () => {
    answer = stream(chunk({ content: 'a' }), chunk({ content: 'b' }), chunk({}, 'stop'));
    const texts: string[] = [];
    for await (const event of client.stream(ask())) {
      if (event.type !== 'delta') continue;
      texts.push(event.text);
      if (texts.length === 1) await new Promise((late) => setTimeout(late, 1_200));
    }
    expect(texts).toEqual(['a', 'b']);
  });

  it("ends the call with its caller's reason, and the provider sees it", async () => {
    const controller = new AbortController();
    const left = new Promise<void>((resolve) => {
      answer = (res) => {
        res.on('close', resolve);
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.write(`data: ${JSON.stringify(chunk({ content: 'One' }))}\n\n`);
      };
    });
    const stopped = new Error('stopped by a person');
    const reading = (async () => {
      for await (const _event of client.stream(ask({ signal: controller.signal }))) controller.abort(stopped);
    })();
    await expect(reading).rejects.toBe(stopped);
    await left;
  });

  it('does not call at all for a caller who has already left', async () => {
    const stopped = new Error('stopped before');
    await expect(client.complete(ask({ signal: AbortSignal.abort(stopped) }))).rejects.toBe(stopped);
    expect(calls).toBe(0);
  });

  it('hangs up on the provider when the reader stops reading', async () => {
    const left = new Promise<void>((resolve) => {
      answer = (res) => {
        res.on('close', resolve);
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.write(`data: ${JSON.stringify(chunk({ content: 'One' }))}\n\n`);
      };
    });
    for await (const _event of client.stream(ask())) break;
    await left;
  });

  it('says when nobody listens at the address', async () => {
    const config = {
      LLM_BASE_URL: 'http://127.0.0.1:9/v1',
      LLM_API_KEY: 'k',
      LLM_MODEL: 'm',
      LLM_TIMEOUT_SECONDS: 1,
    } as Config;
    const openai = createOpenAi(config);
    const nobody = new LlmClient(openai, new ModelCatalogue(openai, config), new Tokenizer(), config);
    await expect(nobody.complete(ask())).rejects.toMatchObject({ code: 'llm.unavailable', kind: 'unavailable' });
  });
});

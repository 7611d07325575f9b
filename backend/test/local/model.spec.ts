import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import OpenAI from 'openai';
import issues from '../../src/local/forge/sample/issues.json' with { type: 'json' };
import { startModel } from '../../src/local/model/server.js';
import { DataBoundary } from '../../src/platform/llm/untrusted.js';
import { git } from './git.js';
import { Scratch } from './servers.js';
import { testForge } from './test-forge.js';

const KEY = 'sk-key-of-tests';
const MODEL = 'local/stand-in';
const scratch = new Scratch();
type Message = OpenAI.ChatCompletionMessageParam;

const TOOLS: OpenAI.ChatCompletionTool[] = [
  {
    type: 'function',
    function: { name: 'bash', parameters: { type: 'object', properties: { command: { type: 'string' } } } },
  },
  {
    type: 'function',
    function: { name: 'submit', parameters: { type: 'object', properties: { summary: { type: 'string' } } } },
  },
];
const sample = issues[0]!;

describe("the local model, through OpenAI's own client", () => {
  let url: string;
  let close: () => Promise<void>;
  let openai: OpenAI;

  beforeAll(async () => {
    const server = await startModel({ port: 0, apiKey: KEY });
    url = `http://127.0.0.1:${server.port}`;
    close = () => server.close();
    openai = new OpenAI({ apiKey: KEY, baseURL: `${url}/v1`, maxRetries: 0 });
  });
  afterAll(async () => {
    await close();
    await scratch.clear();
  });
  afterEach(() => fetch(`${url}/_model/faults`, { method: 'DELETE' }));

  const fault = (body: object): Promise<Response> =>
    fetch(`${url}/_model/faults`, { method: 'POST', body: JSON.stringify(body) });
  const ask = async (messages: Message[]): Promise<string> =>
    (await openai.chat.completions.create({ model: MODEL, messages })).choices[0]?.message.content ?? '';
  const withSpan = (question: string, text: string): Message[] => {
    const boundary = new DataBoundary();
    const span = boundary.wrap('span', text, { path: 'src/boats.js', lines: '7-8', commit: 'abc' });
    return [
      { role: 'system', content: `${boundary.rule}\n\n${span}` },
      { role: 'user', content: question },
    ];
  };

  it('says what it is, and that it has nothing when it was given nothing', async () => {
    const answer = await ask([{ role: 'user', content: 'How does acme/todo-api cut lists into pages?' }]);
    expect(answer).toMatch(/^I am the local stand-in for a language model/);
    expect(answer).toContain('given nothing from the repository');
    expect(answer).not.toContain('paginate');
  });

  it('knows nothing from one request to the next', async () => {
    expect(await ask(withSpan('Where do boats sail?', 'const boats = "sail in 47 harbours";'))).toContain(
      '47 harbours',
    );
    expect(await ask([{ role: 'user', content: 'In how many harbours do boats sail?' }])).not.toContain('47');
  });

  it('streams ten deltas and more that add up to the answer, the use last', async () => {
    const messages = withSpan('Where do boats sail?', 'const boats = "sail in 47 harbours";');
    const whole = await ask(messages);
    const stream = await openai.chat.completions.create({
      model: MODEL,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const pieces: string[] = [];
    let usage: OpenAI.CompletionUsage | undefined;
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) pieces.push(chunk.choices[0].delta.content);
      usage = chunk.usage ?? usage;
    }
    expect(pieces.length).toBeGreaterThanOrEqual(10);
    expect(pieces.join('')).toBe(whole);
    expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + (usage?.completion_tokens ?? 0));
  });

  it('counts tokens: more for more text, less when it is cut off', async () => {
    const usage = async (content: string, max?: number): Promise<OpenAI.ChatCompletion> =>
      openai.chat.completions.create({
        model: MODEL,
        messages: [{ role: 'user', content }],
        ...(max ? { max_tokens: max } : {}),
      });
    const [short, long, cut] = await Promise.all([
      usage('one two'),
      usage('one two '.repeat(500)),
      usage('one two', 4),
    ]);
    expect(long.usage!.prompt_tokens - short.usage!.prompt_tokens).toBeGreaterThan(900);
    expect(cut.usage?.completion_tokens).toBe(4);
    expect(cut.choices[0]?.finish_reason).toBe('length');
    await expect(usage('word '.repeat(140_000))).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
    });
  });

  it('drafts by a schema from the conversation, without a call for a tool', async () => {
    const answer = await openai.chat.completions.create({
      model: MODEL,
      messages: [{ role: 'user', content: 'The last to-do is missing when I page. All of them should be shown.' }],
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'issue',
          schema: {
            type: 'object',
            properties: {
              title: { type: 'string' },
              body: { type: 'string' },
              acceptance: { type: 'array', items: { type: 'string' } },
            },
          },
        },
      },
    });
    const draft = JSON.parse(answer.choices[0]?.message.content ?? '') as {
      title: string;
      body: string;
      acceptance: string[];
    };
    expect(draft.title).toBe('The last to-do is missing when I page');
    expect(draft.body).toContain('local stand-in');
    expect(draft.acceptance[0]).toBe('All of them should be shown.');
  });

  it('refuses what OpenAI refuses', async () => {
    const stranger = new OpenAI({ apiKey: 'sk-wrong', baseURL: `${url}/v1`, maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toMatchObject({ status: 401 });
    const send = (body: object): Promise<unknown> =>
      openai.chat.completions.create(body as OpenAI.ChatCompletionCreateParamsNonStreaming);
    const messages: Message[] = [{ role: 'user', content: 'x' }];
    await expect(send({ model: 'gpt-none', messages })).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
    await expect(send({ model: MODEL, messages: [] })).rejects.toMatchObject({ status: 400 });
    await expect(
      send({ model: MODEL, messages: [{ role: 'tool', tool_call_id: 'x', content: '' }] }),
    ).rejects.toMatchObject({ status: 400 });
    expect(
      (await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${KEY}`, origin: 'https://evil.example' } }))
        .status,
    ).toBe(403);
  });

  /** Lets the model work on a clone of the sample by running its commands. @returns its last call and the commands */
  async function solve(
    issue: { title: string; body: string },
    folder: string,
  ): Promise<{ commands: string[]; end: Record<string, string> }> {
    const block = new DataBoundary().wrap('issue', `# ${issue.title}\n\n${issue.body}`);
    const messages: Message[] = [{ role: 'user', content: `Solve this issue:\n${block}` }];
    const commands: string[] = [];
    for (;;) {
      const { choices } = await openai.chat.completions.create({ model: MODEL, messages, tools: TOOLS });
      const message = choices[0]!.message;
      const call = message.tool_calls?.[0] as OpenAI.ChatCompletionMessageFunctionToolCall;
      const argument = JSON.parse(call.function.arguments) as Record<string, string>;
      if (call.function.name === 'submit') return { commands, end: argument };
      commands.push(argument['command'] ?? '');
      messages.push(message, {
        role: 'tool',
        tool_call_id: call.id,
        content: await shell(folder, argument['command'] ?? ''),
      });
    }
  }

  async function sampleClone(): Promise<string> {
    const forge = await testForge();
    const folder = join(scratch.folder(), 'todo-api');
    await git(scratch.folder(), 'clone', '-q', `${forge.url}/acme/todo-api.git`, folder);
    await forge.stop();
    return folder;
  }

  it('replays at least eight steps that really mend the sample', async () => {
    const folder = await sampleClone();
    const { commands, end } = await solve(sample, folder);
    expect(commands.length).toBeGreaterThanOrEqual(8);
    expect(end['outcome']).toBe('solved');
    expect(await git(folder, 'diff', '--stat')).toContain('src/todos/paginate.js');
    expect(await shell(folder, 'node --test test/*.test.js')).toContain('exit code: 0');
  });

  it('without its fixing step nothing is mended, whatever it says', async () => {
    await fault({ kind: 'skip-fix' });
    const folder = await sampleClone();
    const { end } = await solve(sample, folder);
    expect(end['outcome']).toBe('solved');
    expect(await git(folder, 'diff', '--', 'src')).toBe('');
  });

  it('gives up at once on another issue, and where the repository is another', async () => {
    const empty = scratch.folder();
    const other = await solve({ title: 'The colours are ugly', body: 'Please make them nicer.' }, empty);
    expect(other).toMatchObject({
      commands: [],
      end: { outcome: 'gave_up', summary: expect.stringContaining('cannot solve it') as string },
    });
    mkdirSync(join(empty, 'src'));
    const elsewhere = await solve(sample, empty);
    expect(elsewhere.end['outcome']).toBe('gave_up');
    expect(elsewhere.commands.length).toBeLessThan(4);
  });

  it('fails on demand: at once, in the middle, by its limit, by silence', async () => {
    const messages: Message[] = [{ role: 'user', content: 'x' }];
    await fault({ kind: 'error' });
    await expect(ask(messages)).rejects.toMatchObject({ status: 500 });
    await fault({ kind: 'rate-limited', ms: 7_000 });
    const limited: unknown = await ask(messages).catch((error: unknown) => error);
    expect(limited).toMatchObject({ status: 429 });
    expect((limited as { headers: Headers }).headers.get('retry-after')).toBe('7');
    for (const [kind, expected] of [
      ['cut', 3],
      ['error', 3],
    ] as const) {
      await fault({ kind, after: 3 });
      const stream = await openai.chat.completions.create({ model: MODEL, messages, stream: true });
      let deltas = 0;
      const reading = (async () => {
        for await (const chunk of stream) if (chunk.choices[0]?.delta.content) deltas++;
      })();
      await expect(reading).rejects.toThrow();
      expect([kind, deltas]).toEqual([kind, expected]);
    }
    await fault({ kind: 'hang', after: 2 });
    const abort = new AbortController();
    const stream = await openai.chat.completions.create(
      { model: MODEL, messages, stream: true },
      { signal: abort.signal },
    );
    let seen = 0;
    const hanging = (async () => {
      for await (const chunk of stream) if (chunk.choices[0]?.delta.content && ++seen === 2) abort.abort();
    })();
    await hanging.catch(() => undefined);
    expect(seen).toBe(2);
    expect(await ask(messages)).toContain('stand-in');
  });
});

/** Runs a command as the sandbox reports it. */
async function shell(cwd: string, command: string): Promise<string> {
  const env = { PATH: `${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}`, HOME: cwd };
  const { code, output } = await promisify(execFile)('sh', ['-c', `( ${command}\n) 2>&1`], { cwd, env }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: unknown) => ({ code: (error as { code: number }).code, output: (error as { stdout: string }).stdout }),
  );
  return `exit code: ${code}\noutput:\n${output}`;
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { sendJson, sendStream, untilGone } from '../../src/local/model/api/delivery.js';
import { type Reply, textReply, toolReply } from '../../src/local/model/api/reply.js';

/** What the model says next; a string is a command. */
export type Turn =
  | string
  | { readonly submit: 'solved' | 'gave_up' }
  | { readonly say: string }
  | { readonly tool: string; readonly argument: Record<string, unknown> }
  | { readonly fail: number }
  | { readonly hang: true };

interface Message {
  readonly role: string;
  readonly content?: string | null;
}

interface ChatBody {
  readonly messages: readonly Message[];
  readonly stream_options?: { readonly include_usage?: boolean };
}

/** An OpenAI-compatible server that plays what a test has written, the script being named in the solve's instructions. */
export class ScriptedModel {
  private readonly scripts = new Map<string, readonly Turn[]>();
  /** What was sent for each script, the latest last. */
  readonly asked: { readonly script: string; readonly messages: readonly Message[] }[] = [];
  /** US dollars that each answer costs. */
  costUsd = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (req: IncomingMessage, res: ServerResponse) => void this.answer(req, res));
  }

  static async start(): Promise<ScriptedModel> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ScriptedModel(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** Writes a script; when it is over, the agent submits. @returns the instructions that name it */
  play(name: string, ...turns: Turn[]): { instructions: string } {
    this.scripts.set(name, turns);
    return { instructions: `SCRIPT:${name};` };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.url?.endsWith('/models')) {
      sendJson(res, 200, { data: [{ id: 'local/stand-in' }] });
      return;
    }
    const { messages, stream_options: options } = JSON.parse(await text(req)) as ChatBody;
    const script = /SCRIPT:(\w+);/.exec(messages.map(({ content }) => content ?? '').join('\n'))?.[1] ?? '';
    this.asked.push({ script, messages });
    const taken = messages.filter(({ role }) => role === 'assistant').length;
    const turn = this.scripts.get(script)?.[taken] ?? { submit: 'solved' };
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    if (typeof turn === 'object' && 'hang' in turn) return untilGone(gone.signal);
    if (typeof turn === 'object' && 'fail' in turn) {
      sendJson(res, turn.fail, { error: { message: 'out of order' } });
      return;
    }
    await sendStream(res, {
      model: 'local/stand-in',
      reply: replyOf(turn),
      usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110, cost: this.costUsd },
      includeUsage: options?.include_usage === true,
      paceMs: 0,
      signal: gone.signal,
    }).catch(() => undefined);
  }
}

function replyOf(turn: Exclude<Turn, { hang: true } | { fail: number }>): Reply {
  if (typeof turn === 'string') return toolReply('Next.', 'bash', { command: turn });
  if ('say' in turn) return textReply(turn.say);
  if ('tool' in turn) return toolReply('', turn.tool, turn.argument);
  return toolReply('That is all.', 'submit', { outcome: turn.submit, summary: 'As the script says.' });
}

import type { ServerResponse } from 'node:http';
import { ApiError } from './api/api-error.js';
import { type ChatRequest, parseChatRequest } from './api/chat-request.js';
import { type Break, sendStream, sendWhole, untilGone } from './api/delivery.js';
import { type Reply, textReply, toolReply, withinTokens } from './api/reply.js';
import { countPrompt, usageOf } from './api/usage.js';
import type { Fault, Faults } from './control/faults.js';
import type { Scripts, Turn } from './control/scripts.js';
import { purposeOf, respond } from './respond.js';
import type { Recording } from './solver/recording.js';
import { SUBMIT } from './solver/replay.js';

const PACE_MS = 8;
const SLOW_MS = 250;
const RETRY_AFTER_MS = 1_000;
/** Deltas that come through before a stream is cut, where the fault does not say how many. */
const CUT_AFTER = 5;

/** `POST /v1/chat/completions` */
export class ChatEndpoint {
  constructor(
    private readonly recordings: readonly Recording[],
    private readonly faults: Faults,
    private readonly scripts: Scripts,
  ) {}

  /** @throws ApiError before anything was sent; rejects with an AbortError when the client leaves */
  async handle(body: unknown, res: ServerResponse): Promise<void> {
    const request = parseChatRequest(body);
    const prompt = countPrompt(request);
    const signal = leaving(res);
    const asked = request.messages.map(({ content }) => content).join('\n');
    const fault = this.faults.take(asked, purposeOf(request));
    refuse(fault, res.req.headers.authorization ?? '');
    const broken = breakOf(fault, request);
    if (broken?.how === 'hang' && broken.after === 0) return untilGone(signal);
    const turn = this.scripts.take(asked);
    const reply = turn ? scripted(turn) : this.reply(request, fault);
    const answer = { model: request.model, reply, usage: usageOf(request, prompt, reply) };
    if (!request.stream) {
      if (broken) res.destroy();
      else sendWhole(res, answer);
      return;
    }
    await sendStream(res, {
      ...answer,
      includeUsage: request.stream_options?.include_usage === true,
      paceMs: fault?.kind === 'slow' ? (fault.ms ?? SLOW_MS) : PACE_MS,
      signal,
      ...(broken ? { broken } : {}),
    });
  }

  private reply(request: ChatRequest, fault: Fault | undefined): Reply {
    const skipFix = fault?.kind === 'skip-fix';
    const reply = respond(request, this.recordings, { skipFix, badCitation: fault?.kind === 'bad-citation' });
    if (skipFix && reply.toolCalls.some((call) => call.name === SUBMIT)) this.faults.use(fault);
    return withinTokens(reply, request.max_tokens);
  }
}

function scripted({ text, tool }: Turn): Reply {
  return tool ? toolReply(text, tool.name, tool.argument) : textReply(text);
}

/** Faults that answer in the model's place. */
function refuse(fault: Fault | undefined, authorization: string): void {
  if (fault?.kind === 'telltale') {
    throw new ApiError(401, `Incorrect API key provided: ${authorization}.`, { code: 'invalid_api_key' });
  }
  if (fault?.kind === 'rate-limited') {
    const seconds = Math.ceil((fault.ms ?? RETRY_AFTER_MS) / 1_000);
    throw new ApiError(
      429,
      'Rate limit reached.',
      { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
      { 'retry-after': String(seconds) },
    );
  }
  if (fault?.kind === 'error' && fault.after === undefined) {
    throw new ApiError(500, 'The server had an error while processing your request.', { type: 'server_error' });
  }
}

/** A stream is broken off where the fault says; an answer in one piece has no place to break but its beginning. */
function breakOf(fault: Fault | undefined, { stream }: ChatRequest): Break | undefined {
  if (fault?.kind !== 'cut' && fault?.kind !== 'hang' && fault?.kind !== 'error') return undefined;
  const standard = fault.kind === 'cut' ? CUT_AFTER : 0;
  return { how: fault.kind, after: stream ? (fault.after ?? standard) : 0 };
}

/** Aborted when the client leaves before the answer's end. */
function leaving(res: ServerResponse): AbortSignal {
  const controller = new AbortController();
  res.once('close', () => controller.abort());
  return controller.signal;
}

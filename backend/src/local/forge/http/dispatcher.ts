import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { ControlEndpoint } from '../control/control-endpoint.js';
import type { Fault, Faults } from '../control/faults.js';
import type { Ledger } from '../control/ledger.js';
import type { SmartHttp } from '../git/smart-http.js';
import type { AccessTokenEndpoint } from '../oauth/access-token.js';
import type { AuthorizeEndpoint } from '../oauth/authorize.js';
import { primaryLimit } from '../rest/rate-limits.js';
import type { RestApi } from '../rest/rest-api.js';
import type { Pages } from '../web/pages.js';
import { type Answer, drain, json, send } from './answer.js';
import { Call } from './call.js';
import { Refusal } from './refusal.js';

/** Everything that the forge serves. */
export interface Areas {
  readonly control: ControlEndpoint;
  readonly api: RestApi;
  readonly git: SmartHttp;
  readonly authorize: AuthorizeEndpoint;
  readonly accessToken: AccessTokenEndpoint;
  readonly pages: Pages;
}

const LOCAL = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;
const SECONDARY_LIMIT = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
const STANDARD_LATENCY_MS = 200;
const STANDARD_SLOW_MS = 15_000;

/** Leads a request to the part of the forge that answers it, by way of the faults that tests have switched on. */
export class Dispatcher {
  constructor(
    private readonly faults: Faults,
    private readonly ledger: Ledger,
    private readonly areas: Areas,
  ) {}

  /** Never fails: what goes wrong is an answer, or the end of the connection. */
  async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      const call = new Call(req);
      onlyLocal(call);
      res.setHeader('x-github-request-id', call.id);
      if (call.path.startsWith('/_forge/')) {
        onlyPrograms(call);
        await send(res, await this.refusing(() => this.areas.control.handle(call)));
      } else {
        await this.answer(call, res);
      }
    } catch (error) {
      if (res.headersSent || res.destroyed) res.destroy();
      else await send(res, toAnswer(error));
    }
  }

  private async answer(call: Call, res: ServerResponse): Promise<void> {
    const fault = this.faults.take(call.method, call.path);
    if (fault && call.path.startsWith('/api/')) this.areas.api.recognise(call);
    const begun = new Date().toISOString();
    let status = 0;
    try {
      if (fault?.kind === 'reset') {
        reset(res);
        return;
      }
      const answer = await this.refusing(() => this.withFault(call, fault));
      if (fault?.kind === 'lost-reply') {
        await drain(answer);
        reset(res);
        return;
      }
      status = answer.status;
      await send(res, answer);
    } finally {
      this.record(call, begun, status);
    }
  }

  private async withFault(call: Call, fault: Fault | undefined): Promise<Answer> {
    refuse(fault, call);
    if (fault?.kind === 'latency') await delay(fault.ms ?? STANDARD_LATENCY_MS);
    const answer = await this.refusing(() => this.area(call));
    if (fault?.kind === 'slow') await delay(fault.ms ?? STANDARD_SLOW_MS);
    return answer;
  }

  private area(call: Call): Answer | Promise<Answer> {
    const { api, git, authorize, accessToken, pages } = this.areas;
    if (call.path === '/api' || call.path.startsWith('/api/')) {
      onlyPrograms(call);
      return api.handle(call);
    }
    if (call.route === 'GET /login/oauth/authorize') return authorize.handle(call);
    if (call.route === 'POST /login/oauth/access_token') return accessToken.handle(call);
    return git.serves(call) ? git.handle(call) : pages.handle(call);
  }

  private async refusing(work: () => Answer | Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      return toAnswer(error);
    }
  }

  private record(call: Call, begun: string, status: number): void {
    this.ledger.addCall({
      begun,
      at: new Date().toISOString(),
      method: call.method,
      path: call.path,
      query: call.query.toString(),
      status,
      login: call.login ?? null,
      requestId: call.header('x-request-id') ?? null,
    });
  }
}

/** Faults that answer in GitHub's place. */
function refuse(fault: Fault | undefined, call: Call): void {
  if (fault?.kind === '500') throw new Refusal(500, 'Server Error');
  if (fault?.kind === 'telltale') throw new Refusal(500, `Server Error: ${call.header('authorization') ?? ''}`);
  if (fault?.kind === 'primary') throw primaryLimit(0, Math.ceil(Date.now() / 1_000) + (fault.retryAfter ?? 60));
  if (fault?.kind === 'unnamed') throw new Refusal(403, SECONDARY_LIMIT);
  if (fault?.kind === 'secondary') {
    throw new Refusal(403, SECONDARY_LIMIT, {}, { 'retry-after': String(fault.retryAfter ?? 1) });
  }
}

/** The other side sees its connection end in the middle of nothing. */
function reset(res: ServerResponse): void {
  res.socket?.resetAndDestroy();
}

/** Under any other name than this machine's own, a page of a stranger's could have led a browser here. */
function onlyLocal(call: Call): void {
  if (!LOCAL.test(call.header('host') ?? '')) throw new Refusal(403, 'This server answers on this machine only.');
}

/** A page in a browser on this machine is not a client of these. */
function onlyPrograms(call: Call): void {
  if (call.header('origin') !== undefined) throw new Refusal(403, 'This server answers local programs only.');
}

function toAnswer(error: unknown): Answer {
  if (error instanceof Refusal) {
    const { status, body, message, headers } = error;
    return headers['content-type'] ? { status, headers, body: `${message}\n` } : json(status, body, headers);
  }
  process.stderr.write(`forge: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return json(500, new Refusal(500, 'Server Error').body);
}

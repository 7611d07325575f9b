import { Inject, Injectable } from '@nestjs/common';
import type { Endpoints } from '@octokit/types';
import { Octokit, RequestError } from 'octokit';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { currentContext } from '../../../platform/context/request-context.js';
import { sameOriginFetch } from '../../../platform/http/same-origin-fetch.js';
import { githubTimedOut } from '../github.errors.js';
import { type OperationName, OPERATIONS, type Route } from '../operations.js';
import { AnswerCache } from './answer-cache.js';
import type { AnswerHead } from './ledger/rate-news.js';

export type Parameters<Name extends OperationName> = Omit<Endpoints[Route<Name>]['parameters'], 'baseUrl' | 'headers'>;
export type Data<Name extends OperationName> = Endpoints[Route<Name>]['response']['data'];

export interface Exchanged<Name extends OperationName> {
  readonly data: Data<Name>;
  readonly hasNext: boolean;
  readonly head: AnswerHead;
}

/** On whose behalf, and with which token. */
export interface Caller {
  readonly userId: string;
  readonly token: string;
}

const NO_PLUGIN_MAGIC = { throttle: { enabled: false }, retry: { enabled: false } };
const QUIET = { debug: noop, info: noop, warn: noop, error: noop };

/**
 * One request to GitHub's REST API and its answer. Reads are conditional, and answered from what is kept when GitHub says
 * that nothing has changed. Nothing leads away from GITHUB_API_URL: addresses in answers are not used, redirects to other
 * servers not followed.
 */
@Injectable()
export class GithubExchange {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly answers: AnswerCache,
  ) {}

  /** @throws RequestError; DomainError `github.timeout` */
  async send<Name extends OperationName>(
    { userId, token }: Caller,
    name: Name,
    parameters: Parameters<Name>,
  ): Promise<Exchanged<Name>> {
    const octokit = this.octokit(token);
    if (!isRead(name)) return this.request(octokit, name, parameters, {});
    const { url } = octokit.request.endpoint(OPERATIONS[name] as string, parameters);
    const kept = await this.answers.find(userId, url);
    try {
      const answer = await this.request(octokit, name, parameters, kept ? { 'if-none-match': kept.etag } : {});
      const { etag } = answer.head.headers;
      const { data, hasNext } = answer;
      if (typeof etag === 'string') await this.answers.keep(userId, url, { etag, data, hasNext });
      return answer;
    } catch (error) {
      if (!kept || !(error instanceof RequestError) || error.status !== 304) throw error;
      const head = { status: 304, headers: error.response?.headers ?? {}, message: '' };
      return { data: kept.data as Data<Name>, hasNext: kept.hasNext, head };
    }
  }

  private async request<Name extends OperationName>(
    octokit: Octokit,
    name: Name,
    parameters: Parameters<Name>,
    condition: Record<string, string>,
  ): Promise<Exchanged<Name>> {
    const requestId = currentContext()?.requestId;
    const signal = AbortSignal.timeout(this.config.GITHUB_TIMEOUT_SECONDS * 1_000);
    const answer = octokit.request(OPERATIONS[name] as string, {
      ...parameters,
      headers: {
        'x-github-api-version': '2022-11-28',
        ...(requestId ? { 'x-request-id': requestId } : {}),
        ...condition,
      },
      request: { signal, fetch: sameOriginFetch },
    });
    const response = await answer.catch((error: unknown) => {
      throw signal.aborted ? githubTimedOut(this.config.GITHUB_TIMEOUT_SECONDS, error) : error;
    });
    return {
      data: response.data as Data<Name>,
      hasNext: /rel="next"/.test(response.headers.link ?? ''),
      head: { status: response.status, headers: response.headers, message: '' },
    };
  }

  private octokit(token: string): Octokit {
    return new Octokit({
      auth: token,
      baseUrl: this.config.GITHUB_API_URL,
      userAgent: 'yudai',
      log: QUIET,
      ...NO_PLUGIN_MAGIC,
    });
  }
}

export const isRead = (name: OperationName): boolean => OPERATIONS[name].startsWith('GET ');

function noop(): void {
  // Octokit logs deprecations and requests on its own; ours carry the request id instead
}

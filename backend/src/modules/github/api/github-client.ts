import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Endpoints } from '@octokit/types';
import { Octokit, RequestError } from 'octokit';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { currentContext } from '../../../platform/context/request-context.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { GithubTokens } from '../../auth/index.js';
import {
  forbidden,
  githubFailed,
  githubTimedOut,
  githubUnavailable,
  rateLimited,
  reconnect,
  refused,
  repositoryNotFound,
} from '../github.errors.js';
import { type OperationName, OPERATIONS, type Route } from '../operations.js';

type Parameters<Name extends OperationName> = Omit<Endpoints[Route<Name>]['parameters'], 'baseUrl' | 'headers'>;
type Data<Name extends OperationName> = Endpoints[Route<Name>]['response']['data'];

interface Page<Name extends OperationName> {
  readonly data: Data<Name>;
  readonly hasNext: boolean;
}

const READ_TRIES = 3;
const BACKOFF_MS = 250;
const PAGE_SIZE = 100;
/** 5,000 rows; more than anybody picks from. */
const MOST_PAGES = 50;
/** GitHub's advice where it names no time: wait at least a minute. */
const STANDARD_WAIT_SECONDS = 60;
const NO_PLUGIN_MAGIC = { throttle: { enabled: false }, retry: { enabled: false } };
const QUIET = { debug: noop, info: noop, warn: noop, error: noop };

/**
 * GitHub's REST API with a user's own right. A read is tried again after a server error or a lost connection; a write
 * never is, because its effect may have happened: whoever writes looks before it tries again.
 */
@Injectable()
export class GithubClient {
  private readonly logger = new Logger(GithubClient.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly tokens: GithubTokens,
  ) {}

  /** @throws DomainError of the `github.` family. */
  async call<Name extends OperationName>(
    userId: string,
    name: Name,
    parameters: Parameters<Name>,
  ): Promise<Data<Name>> {
    return (await this.send(userId, name, parameters)).data;
  }

  /** All pages of a list, one after another; past the most that is read, the log says so. */
  async *pages<Name extends OperationName>(
    userId: string,
    name: Name,
    parameters: Parameters<Name>,
  ): AsyncGenerator<Data<Name>, void> {
    for (let page = 1; page <= MOST_PAGES; page++) {
      const { data, hasNext } = await this.send(userId, name, { ...parameters, per_page: PAGE_SIZE, page });
      yield data;
      if (!hasNext) return;
    }
    this.logger.warn({ message: 'list cut off', list: name, rows: MOST_PAGES * PAGE_SIZE });
  }

  private async send<Name extends OperationName>(
    userId: string,
    name: Name,
    parameters: Parameters<Name>,
  ): Promise<Page<Name>> {
    const token = await this.tokens.forUser(userId);
    const tries = OPERATIONS[name].startsWith('GET ') ? READ_TRIES : 1;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.request(token, name, parameters);
      } catch (error) {
        if (attempt < tries && isPassing(error)) {
          await delay(BACKOFF_MS * 2 ** attempt * (0.5 + Math.random()));
          continue;
        }
        if (error instanceof RequestError && error.status === 401) await this.tokens.drop(userId, token);
        throw this.explain(error);
      }
    }
  }

  private async request<Name extends OperationName>(
    token: string,
    name: Name,
    parameters: Parameters<Name>,
  ): Promise<Page<Name>> {
    const octokit = new Octokit({
      auth: token,
      baseUrl: this.config.GITHUB_API_URL,
      userAgent: 'yudai',
      log: QUIET,
      ...NO_PLUGIN_MAGIC,
    });
    const requestId = currentContext()?.requestId;
    const signal = AbortSignal.timeout(this.config.GITHUB_TIMEOUT_SECONDS * 1_000);
    const answer = octokit.request(OPERATIONS[name] as string, {
      ...parameters,
      headers: { 'x-github-api-version': '2022-11-28', ...(requestId ? { 'x-request-id': requestId } : {}) },
      request: { signal },
    });
    const response = await answer.catch((error: unknown) => {
      throw signal.aborted ? githubTimedOut(this.config.GITHUB_TIMEOUT_SECONDS, error) : error;
    });
    return { data: response.data as Data<Name>, hasNext: /rel="next"/.test(response.headers.link ?? '') };
  }

  private explain(error: unknown): unknown {
    if (error instanceof DomainError) return error;
    if (!(error instanceof RequestError)) return githubUnavailable(error);
    const { status } = error;
    if (status === 401) return reconnect(error);
    if (status === 404 || status === 410 || status === 451) return repositoryNotFound();
    const wait = waitSeconds(error);
    if ((status === 403 || status === 429) && wait !== undefined) return rateLimited(wait, error);
    if (status === 403) return forbidden(error);
    if (status < 500) return refused(error);
    return error.response ? githubFailed(error) : githubUnavailable(error);
  }
}

function noop(): void {
  // Octokit logs deprecations and requests on its own; ours carry the request id instead
}

/** Octokit reports failures of the connection as status 500 without a response. */
function isPassing(error: unknown): boolean {
  return error instanceof RequestError && error.status >= 500;
}

/** Seconds that GitHub asks to wait ("Rate limits for the REST API"); undefined for a refusal that waiting does not mend. */
function waitSeconds(error: RequestError): number | undefined {
  const headers = error.response?.headers ?? {};
  const retryAfter = Number(headers['retry-after']);
  if (Number.isFinite(retryAfter)) return retryAfter;
  if (headers['x-ratelimit-remaining'] === '0') {
    const reset = Number(headers['x-ratelimit-reset']) - Date.now() / 1_000;
    return Number.isFinite(reset) ? Math.max(1, Math.ceil(reset)) : STANDARD_WAIT_SECONDS;
  }
  return error.status === 429 || /rate limit/i.test(error.message) ? STANDARD_WAIT_SECONDS : undefined;
}

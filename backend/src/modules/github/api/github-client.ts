import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { RequestError } from 'octokit';
import { GithubTokens } from '../../auth/index.js';
import { githubUnavailable } from '../github.errors.js';
import { type OperationName, OPERATIONS } from '../operations.js';
import { explain, headOf, isPassing, newsOf } from './call-errors.js';
import { type Caller, type Data, type Exchanged, GithubExchange, isRead, type Parameters } from './exchange.js';
import { GithubMetrics } from './github-metrics.js';
import { RateLedger } from './ledger/rate-ledger.js';
import { NO_NEWS, type RateNews, rateNews } from './ledger/rate-news.js';
import { GithubWriteLog } from './write-log.js';

/** Called when a write has its turn, right before it is sent: from then on GitHub may have done it. */
export type BeforeSending = () => Promise<void>;

interface Order<Name extends OperationName> {
  readonly name: Name;
  readonly parameters: Parameters<Name>;
  readonly beforeSending?: BeforeSending;
}

const READ_TRIES = 3;
const BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 4_000;
const PAGE_SIZE = 100;
/** 5,000 rows; more than anybody picks from. */
const MOST_PAGES = 50;

/**
 * GitHub's REST API with a user's own right, within GitHub's limits. A read is tried again after a server error or a lost
 * connection; a write never is, because its effect may have happened: whoever writes looks before it tries again.
 */
@Injectable()
export class GithubClient {
  private readonly logger = new Logger(GithubClient.name);

  constructor(
    private readonly tokens: GithubTokens,
    private readonly ledger: RateLedger,
    private readonly exchange: GithubExchange,
    private readonly writes: GithubWriteLog,
    private readonly metrics: GithubMetrics,
  ) {}

  /** @throws DomainError of the `github.` family. */
  async call<Name extends OperationName>(
    userId: string,
    name: Name,
    parameters: Parameters<Name>,
    beforeSending?: BeforeSending,
  ): Promise<Data<Name>> {
    return (await this.send(userId, { name, parameters, ...(beforeSending ? { beforeSending } : {}) })).data;
  }

  /** All pages of a list, one after another; past the most that is read, the log says so. */
  async *pages<Name extends OperationName>(
    userId: string,
    name: Name,
    parameters: Parameters<Name>,
  ): AsyncGenerator<Data<Name>, void> {
    for (let page = 1; page <= MOST_PAGES; page++) {
      const order = { name, parameters: { ...parameters, per_page: PAGE_SIZE, page } };
      const { data, hasNext } = await this.send(userId, order);
      yield data;
      if (!hasNext) return;
    }
    this.logger.warn({ message: 'list cut off', list: name, rows: MOST_PAGES * PAGE_SIZE });
  }

  private async send<Name extends OperationName>(userId: string, order: Order<Name>): Promise<Exchanged<Name>> {
    let token = await this.tokens.forUser(userId);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.inTurn({ userId, token }, order);
      } catch (error) {
        if (error instanceof RequestError && error.status === 401) {
          token = await this.renewed({ userId, token }, order, attempt, error);
        } else if (isRead(order.name) && attempt < READ_TRIES && isPassing(error)) {
          await delay(Math.random() * Math.min(LONGEST_BACKOFF_MS, BACKOFF_MS * 2 ** attempt));
        } else throw explain(error);
      }
    }
  }

  /** The token that came in the place of a refused one. @throws when there is none, and for a write, which is not sent again here. */
  private async renewed<Name extends OperationName>(
    { userId, token }: Caller,
    { name }: Order<Name>,
    attempt: number,
    error: unknown,
  ): Promise<string> {
    const newer = await this.tokens.afterRefusal(userId, token);
    if (newer === null || attempt >= READ_TRIES) throw explain(error);
    if (!isRead(name)) throw githubUnavailable(error);
    return newer;
  }

  /** Sends when the ledger lets it, and tells the ledger what came of it. */
  private async inTurn<Name extends OperationName>(caller: Caller, order: Order<Name>): Promise<Exchanged<Name>> {
    const lane = isRead(order.name) ? 'read' : 'write';
    const turn = await this.ledger.enter(caller.userId, lane);
    let news: RateNews = NO_NEWS;
    try {
      await order.beforeSending?.();
      const answer = await this.observed(caller, order);
      news = rateNews(answer.head);
      return answer;
    } catch (error) {
      news = newsOf(error);
      throw error;
    } finally {
      if (turn) await this.ledger.leave(turn, news);
    }
  }

  private async observed<Name extends OperationName>(
    caller: Caller,
    { name, parameters }: Order<Name>,
  ): Promise<Exchanged<Name>> {
    const begun = performance.now();
    const observe = async (answer: Exchanged<Name>['head'] | undefined): Promise<void> => {
      this.metrics.called(name, answer?.status ?? 0);
      if (isRead(name)) return;
      const { owner, repo } = parameters as { readonly owner: string; readonly repo: string };
      const milliseconds = performance.now() - begun;
      const isDone = answer !== undefined && answer.status < 400;
      const repository = `${owner}/${repo}`;
      await this.writes.record({ endpoint: OPERATIONS[name], repository, isDone, answer, milliseconds });
    };
    let exchanged: Exchanged<Name>;
    try {
      exchanged = await this.exchange.send(caller, name, parameters);
    } catch (error) {
      await observe(headOf(error));
      throw error;
    }
    await observe(exchanged.head);
    return exchanged;
  }
}

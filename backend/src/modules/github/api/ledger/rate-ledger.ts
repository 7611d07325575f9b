import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../../../../platform/config/config.js';
import { currentContext } from '../../../../platform/context/request-context.js';
import { RedisClient } from '../../../../platform/redis/redis.module.js';
import { githubUnavailable, rateLimited } from '../../github.errors.js';
import { GithubMetrics } from '../github-metrics.js';
import { accountKey, KNOWN_TOKENS, laneKeys } from './keys.js';
import type { RateNews } from './rate-news.js';
import { ENTER, GIVE_UP, LEAVE } from './scripts.js';

export type Lane = 'read' | 'write';

/** A place in a lane, taken until `leave`. Null on a read that went on without Redis. */
export interface Turn {
  readonly userId: string;
  readonly lane: Lane;
  readonly id: string;
}

/** GitHub, "Best practices for using the REST API": requests one after another, a second between those that change something. */
const LANES = {
  read: { places: 8, gapMs: 0 },
  write: { places: 1, gapMs: 1_000 },
} as const;
/** This share of the hour's calls is left to people who wait for an answer. */
const KEPT_FOR_PEOPLE = 0.1;
const STANDARD_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;
const PATIENCE_MS = { person: 10_000, job: 30_000 };
/** Who waits asks again within this time, or is taken for gone. */
const PRESENT_MS = 3_000;
const [SHORTEST_LOOK_MS, LONGEST_LOOK_MS] = [20, 250];

type Verdict = ['in' | 'wait' | 'limited', number, string];

/**
 * What a user's token may still do at GitHub, one account in Redis for all processes: calls left in the hour, pauses that
 * GitHub asked for, one write at a time with a second between two, few reads at once, and people before jobs. Tokens of a
 * user follow each other, and GitHub counts by user; so does this.
 */
@Injectable()
export class RateLedger {
  private readonly logger = new Logger(RateLedger.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly redis: RedisClient,
    private readonly metrics: GithubMetrics,
  ) {}

  /**
   * Waits for a turn.
   * @returns null when Redis does not answer and the call only reads.
   * @throws DomainError `github.rate-limited` (503, with the time to wait) while GitHub limits, or when the line is too long.
   */
  async enter(userId: string, lane: Lane): Promise<Turn | null> {
    const turn = { userId, lane, id: randomUUID() };
    const isJob = ['job', 'webhook'].includes(currentContext()?.via ?? 'job');
    const begun = Date.now();
    for (;;) {
      const verdict = await this.ask(turn, isJob);
      if (verdict === null) return null;
      const [answer, milliseconds, why] = verdict;
      const waited = Date.now() - begun;
      if (answer === 'in') {
        this.metrics.waited(lane, isJob ? 'job' : 'person', waited);
        return turn;
      }
      if (answer === 'limited') throw rateLimited(Math.ceil(milliseconds / 1_000), new Error(`limit: ${why}`));
      if (waited + milliseconds > (isJob ? PATIENCE_MS.job : PATIENCE_MS.person)) {
        await this.giveUp(turn);
        throw rateLimited(Math.ceil(Math.max(milliseconds, 1_000) / 1_000), new Error(`the line of ${lane}s is long`));
      }
      await delay(Math.min(LONGEST_LOOK_MS, Math.max(SHORTEST_LOOK_MS, milliseconds)));
    }
  }

  /** Ends a turn, with what GitHub's answer told of its limits. Never fails: a turn ends by itself, too. */
  async leave({ userId, lane, id }: Turn, news: RateNews): Promise<void> {
    const { rate, pause } = news;
    if (pause) this.metrics.limited(pause.why);
    const known = rate ? [rate.limit, rate.used, rate.resetsAt] : ['', '', ''];
    const wanted = pause ? [pause.why, pause.milliseconds ?? -1] : ['', 0];
    try {
      await this.redis.eval(
        LEAVE,
        2,
        accountKey(userId),
        laneKeys(userId, lane)[0],
        ...[id, LANES[lane].gapMs, ...known, ...wanted, STANDARD_PAUSE_MS, LONGEST_PAUSE_MS],
      );
      await this.redis.zadd(KNOWN_TOKENS, Date.now(), userId);
    } catch (error) {
      this.logger.warn({ message: 'the ledger of GitHub calls was not told of an answer', error });
    }
  }

  private async ask(turn: Turn, isJob: boolean): Promise<Verdict | null> {
    const { places, gapMs } = LANES[turn.lane];
    const longestCallMs = (this.config.GITHUB_TIMEOUT_SECONDS + 5) * 1_000;
    try {
      return (await this.redis.eval(
        ENTER,
        4,
        accountKey(turn.userId),
        ...laneKeys(turn.userId, turn.lane),
        ...[turn.id, Number(isJob), places, gapMs, longestCallMs, KEPT_FOR_PEOPLE, PRESENT_MS],
      )) as Verdict;
    } catch (error) {
      this.logger.warn({ message: 'the ledger of GitHub calls cannot be read', error });
      // Without the ledger nobody knows whether another write is under way.
      if (turn.lane === 'write') throw githubUnavailable(error);
      return null;
    }
  }

  private async giveUp({ userId, lane, id }: Turn): Promise<void> {
    const [, line, present] = laneKeys(userId, lane);
    await this.redis.eval(GIVE_UP, 2, line, present, id).catch(() => undefined);
  }
}

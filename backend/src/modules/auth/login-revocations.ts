import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import type { Principal } from '../../platform/http/principal.js';
import { PeriodicTask } from '../../platform/queue/periodic-task.js';
import { RedisClient, RedisSubscriber } from '../../platform/redis/redis.module.js';
import { oldestUse } from './login-lifetime.js';
import { ApiTokensRepository } from './repositories/api-tokens.repository.js';
import { LoginsRepository } from './repositories/logins.repository.js';
import { UsersRepository } from './repositories/users.repository.js';

const CHANNEL = 'yudai:revoked';
const LOOK_MS = 15_000;

/** A way in that has ended. */
export type Revoked = `login:${string}` | `token:${string}` | `user:${string}`;

interface Watched {
  readonly principal: Principal;
  readonly stream: AbortController;
}

/**
 * Ends open streams together with the login, token or user they belong to, in every process: at once by a message, and
 * within seconds by looking when the message was lost or the end came by time.
 */
@Injectable()
export class LoginRevocations implements OnModuleDestroy {
  private readonly logger = new Logger(LoginRevocations.name);
  private readonly watched = new Set<Watched>();
  private readonly task = new PeriodicTask('login revocations', LOOK_MS, () => this.look([...this.watched]));
  private listening: Promise<void> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly redis: RedisClient,
    private readonly subscriber: RedisSubscriber,
    private readonly logins: LoginsRepository,
    private readonly tokens: ApiTokensRepository,
    private readonly users: UsersRepository,
  ) {}

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Call after the commit. Never fails: open streams notice by looking. */
  async announce(...ended: Revoked[]): Promise<void> {
    try {
      for (const key of ended) await this.redis.publish(CHANNEL, key);
    } catch (error) {
      this.logger.warn({ message: 'revocation not announced', error });
    }
  }

  /** Aborts `stream` when the principal's way in ends; watches until then, or until it is aborted otherwise. */
  async watch(principal: Principal, stream: AbortController): Promise<void> {
    const entry = { principal, stream };
    this.watched.add(entry);
    stream.signal.addEventListener('abort', () => this.watched.delete(entry), { once: true });
    this.listening ??= this.listen();
    await this.listening;
    // What ended between the request's own check and this moment was announced to nobody.
    await this.look([entry]);
  }

  private async listen(): Promise<void> {
    this.subscriber.on('message', (channel: string, key: string) => {
      if (channel === CHANNEL) this.end(({ principal }) => keysOf(principal).includes(key));
    });
    this.task.start();
    try {
      await this.subscriber.subscribe(CHANNEL);
    } catch (error) {
      this.logger.warn({ message: 'no messages about revocations; looking instead', error });
    }
  }

  private async look(entries: readonly Watched[]): Promise<void> {
    if (entries.length === 0) return;
    const loginIds = entries.flatMap(({ principal }) => principal.loginId ?? []);
    const tokenIds = entries.flatMap(({ principal }) => principal.tokenId ?? []);
    const [logins, tokens, users] = await Promise.all([
      this.logins.alive(loginIds, oldestUse(this.config)),
      this.tokens.alive(tokenIds),
      this.users.enabled([...new Set(entries.map(({ principal }) => principal.userId))]),
    ]);
    this.end(
      ({ principal }) =>
        !users.has(principal.userId) || !(logins.has(principal.loginId ?? '') || tokens.has(principal.tokenId ?? '')),
      entries,
    );
  }

  private end(isOver: (entry: Watched) => boolean, entries: Iterable<Watched> = [...this.watched]): void {
    for (const entry of entries) if (isOver(entry)) entry.stream.abort();
  }
}

function keysOf({ userId, loginId, tokenId }: Principal): string[] {
  return [`user:${userId}`, ...(loginId ? [`login:${loginId}`] : []), ...(tokenId ? [`token:${tokenId}`] : [])];
}

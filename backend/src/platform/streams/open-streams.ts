import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '../queue/periodic-task.js';
import { RedisClient, RedisSubscriber } from '../redis/redis.module.js';

const CHANNEL = 'yudai:access';
const LOOK_MS = 15_000;

/** Whose, or what's, rights have changed. */
export type AccessKey = `${'login' | 'token' | 'user' | 'session'}:${string}`;

/** What open answers rest on: one kind of right, looked at for many of them at once. */
export interface Ground<Held> {
  /** What a piece of news must name to concern this. */
  keysOf(held: Held): readonly AccessKey[];
  /** Those of them that do not hold any longer. */
  gone(held: readonly Held[]): Promise<readonly Held[]>;
}

interface Open {
  readonly stream: AbortController;
  readonly ground: Ground<unknown>;
  readonly held: unknown;
}

/**
 * The answers of this process that go on for a while, each with the rights it rests on. One whose right is gone is ended: at
 * once when that is announced, by whatever process, and within seconds by looking where the message was lost or the right ran
 * out by itself.
 */
@Injectable()
export class OpenStreams implements OnModuleDestroy {
  private readonly logger = new Logger(OpenStreams.name);
  private readonly open = new Set<Open>();
  private readonly task = new PeriodicTask('rights of open streams', LOOK_MS, () => this.look(this.open));
  private listening: Promise<void> | undefined;

  constructor(
    private readonly redis: RedisClient,
    private readonly subscriber: RedisSubscriber,
  ) {}

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Call after the commit. Never fails: open streams notice by looking. */
  async announce(...changed: readonly AccessKey[]): Promise<void> {
    try {
      for (const key of new Set(changed)) await this.redis.publish(CHANNEL, key);
    } catch (error) {
      this.logger.warn({ message: 'change of rights not announced', error });
    }
  }

  /** Aborts `stream` when `held` does not hold any longer; watches until then, or until it is aborted otherwise. */
  async watch<Held>(stream: AbortController, ground: Ground<Held>, held: Held): Promise<void> {
    const entry = { stream, ground: ground as Ground<unknown>, held };
    this.open.add(entry);
    stream.signal.addEventListener('abort', () => this.open.delete(entry), { once: true });
    this.listening ??= this.listen();
    await this.listening;
    // What ended between the request's own check and this moment was announced to nobody.
    await this.look([entry]);
  }

  private async listen(): Promise<void> {
    this.subscriber.on('message', (channel: string, key: string) => {
      if (channel === CHANNEL) void this.hear(key as AccessKey);
    });
    this.task.start();
    try {
      await this.subscriber.subscribe(CHANNEL);
    } catch (error) {
      this.logger.warn({ message: 'no messages about changed rights; looking instead', error });
    }
  }

  /** Where it cannot be found out what is left of a right that has changed, there is none. */
  private async hear(key: AccessKey): Promise<void> {
    const concerned = [...this.open].filter(({ ground, held }) => ground.keysOf(held).includes(key));
    try {
      await this.look(concerned);
    } catch (error) {
      this.logger.error({ message: 'changed rights not looked at; their streams end', key, error });
      for (const { stream } of concerned) stream.abort();
    }
  }

  private async look(entries: Iterable<Open>): Promise<void> {
    const all = [...entries];
    for (const ground of new Set(all.map((entry) => entry.ground))) {
      const resting = all.filter((entry) => entry.ground === ground);
      const gone = new Set(await ground.gone(resting.map(({ held }) => held)));
      for (const { held, stream } of resting) if (gone.has(held)) stream.abort();
    }
  }
}

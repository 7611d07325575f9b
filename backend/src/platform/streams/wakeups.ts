import { Injectable } from '@nestjs/common';
import { RedisClient, RedisSubscriber } from '../redis/redis.module.js';

export interface WakeupListener {
  /** Resolves at the next wake-up (at once if one came since the last call), after `timeoutMs`, or when the signal aborts. */
  next(timeoutMs: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** "Something is new at key" to every process that waits for it. A lost wake-up costs a delay, never an entry. */
@Injectable()
export class Wakeups {
  private readonly listeners = new Map<string, Set<() => void>>();

  constructor(
    private readonly redis: RedisClient,
    private readonly subscriber: RedisSubscriber,
  ) {
    this.subscriber.on('message', (channel: string) => {
      for (const notify of this.listeners.get(channel) ?? []) notify();
    });
  }

  async send(key: string): Promise<void> {
    await this.redis.publish(channelOf(key), '1');
  }

  async listen(key: string): Promise<WakeupListener> {
    const channel = channelOf(key);
    const listeners = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, listeners);
    let pending = false;
    let resume: (() => void) | undefined;
    const notify = (): void => {
      pending = true;
      resume?.();
    };
    listeners.add(notify);
    if (listeners.size === 1) await this.subscriber.subscribe(channel);
    return {
      next: async (timeoutMs, signal) => {
        if (!pending && !signal.aborted) {
          await new Promise<void>((resolve) => {
            const done = (): void => {
              clearTimeout(timer);
              signal.removeEventListener('abort', done);
              resume = undefined;
              resolve();
            };
            const timer = setTimeout(done, timeoutMs);
            signal.addEventListener('abort', done, { once: true });
            resume = done;
          });
        }
        pending = false;
      },
      close: async () => {
        listeners.delete(notify);
        if (listeners.size > 0 || this.listeners.get(channel) !== listeners) return;
        this.listeners.delete(channel);
        await this.subscriber.unsubscribe(channel);
      },
    };
  }
}

function channelOf(key: string): string {
  return `yudai:wake:${key}`;
}

import type { RedisOptions } from 'ioredis';

/** Commands that wait for a connection give up after this; a request must not hang on a Redis that is down. */
const COMMAND_TIMEOUT_MS = 5_000;
const LONGEST_RECONNECT_MS = 2_000;

/**
 * Options for ioredis from a redis:// or rediss:// URL.
 * Bull needs blocking commands that wait for ever, everything else an answer in time.
 */
export function redisOptions(redisUrl: string, use: 'bull' | 'commands' | 'subscriber'): RedisOptions {
  const url = new URL(redisUrl);
  const database = url.pathname.replace('/', '');
  return {
    host: url.hostname,
    port: Number(url.port || 6379),
    ...(url.username ? { username: decodeURIComponent(url.username) } : {}),
    ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
    ...(database ? { db: Number(database) } : {}),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
    retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_RECONNECT_MS),
    maxRetriesPerRequest: null,
    enableReadyCheck: use === 'commands',
    ...(use === 'commands' ? { commandTimeout: COMMAND_TIMEOUT_MS, maxRetriesPerRequest: 2 } : {}),
  };
}

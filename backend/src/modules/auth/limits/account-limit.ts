import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { rateLimited } from '../auth.errors.js';
import { limitKey } from './rate-limiter.js';
import { WINDOW_SECONDS } from './rate-limits.js';
import { RedisThrottlerStorage } from './redis-throttler.storage.js';

/** How often one account may sign in, from wherever: it is known only when GitHub has said who comes. */
@Injectable()
export class AccountLimit {
  private readonly logger = new Logger(AccountLimit.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly storage: RedisThrottlerStorage,
  ) {}

  /** @throws DomainError `rate-limited` */
  async take(githubId: string): Promise<void> {
    const limit = this.config.LIMIT_SIGN_IN;
    const key = limitKey('sign-in-account', githubId);
    const hit = await this.storage.increment(key, WINDOW_SECONDS * 1_000, limit).catch((error: unknown) => {
      this.logger.warn({ message: 'sign-in not counted', error });
      return undefined;
    });
    if (hit?.isBlocked) throw rateLimited(hit.timeToBlockExpire);
  }
}

import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { IdempotencyRepository } from '../../../platform/http/idempotency.repository.js';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { oldestUse } from '../login-lifetime.js';
import { GithubTokensRepository } from '../repositories/github-tokens.repository.js';
import { LoginsRepository } from '../repositories/logins.repository.js';
import { OauthTransactionsRepository } from '../repositories/oauth-transactions.repository.js';
import { UsageRepository } from '../repositories/usage.repository.js';

const INTERVAL_MS = 10 * 60_000;

/** Removes what has ended by time. Nothing depends on it: what has ended is refused anyway. */
@Injectable()
export class SweeperTask implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new PeriodicTask('auth sweeper', INTERVAL_MS, () => this.sweep());

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly logins: LoginsRepository,
    private readonly transactions: OauthTransactionsRepository,
    private readonly githubTokens: GithubTokensRepository,
    private readonly idempotencyKeys: IdempotencyRepository,
    private readonly usage: UsageRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  async sweep(): Promise<void> {
    await this.logins.sweep(oldestUse(this.config));
    await this.transactions.sweep();
    await this.githubTokens.sweep();
    await this.idempotencyKeys.sweep();
    await this.usage.sweep();
  }
}

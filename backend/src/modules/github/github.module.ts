import { Module } from '@nestjs/common';
import { ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { MetricsModule } from '../../platform/metrics/metrics.module.js';
import { RedisModule } from '../../platform/redis/redis.module.js';
import { AuditModule } from '../audit/index.js';
import { AuthModule } from '../auth/index.js';
import { AnswerCache } from './api/answer-cache.js';
import { BudgetSource } from './api/ledger/budget-source.js';
import { GithubExchange } from './api/exchange.js';
import { GithubClient } from './api/github-client.js';
import { GithubMetrics } from './api/github-metrics.js';
import { RateLedger } from './api/ledger/rate-ledger.js';
import { RateStates } from './api/ledger/rate-state.js';
import { GithubWriteLog } from './api/write-log.js';
import { GitRemote } from './git/git-remote.js';
import { GitMirror } from './git/git-mirror.js';
import { GithubIssues } from './github-issues.js';
import { GithubPulls } from './github-pulls.js';
import { PullRequestOpener } from './pulls/pull-request-opener.js';
import { PullRequestsService } from './pulls/pull-requests.service.js';
import { PullRequestsRepository } from './repositories/pull-requests.repository.js';
import { RepositoriesRepository } from './repositories/repositories.repository.js';
import { WebhooksRepository } from './repositories/webhooks.repository.js';
import { RepositoriesService } from './repositories.service.js';
import { RepositoryListService } from './repository-list.service.js';

const FACADES = [
  RepositoriesService,
  GithubIssues,
  GithubPulls,
  GitMirror,
  PullRequestsService,
  PullRequestOpener,
  RateStates,
];
/** For the other two modules in this folder. */
const INTERNAL = [GithubClient, RepositoryListService, RepositoriesRepository, WebhooksRepository];

/** How calls are made. */
const CALLS = [BudgetSource, GithubExchange, AnswerCache, RateLedger, GithubMetrics, GithubWriteLog, GitRemote];

/** GitHub: every call to it, and what is remembered of its answers. */
@Module({
  imports: [ConfigModule, DatabaseModule, RedisModule, MetricsModule, AuditModule, AuthModule],
  providers: [...FACADES, ...INTERNAL, ...CALLS, PullRequestsRepository],
  exports: [...FACADES, ...INTERNAL],
})
export class GithubModule {}

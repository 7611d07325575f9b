import { Module } from '@nestjs/common';
import { ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { RedisModule } from '../../platform/redis/redis.module.js';
import { AuditModule } from '../audit/index.js';
import { AuthModule } from '../auth/index.js';
import { GithubClient } from './api/github-client.js';
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

const FACADES = [RepositoriesService, GithubIssues, GithubPulls, GitMirror, PullRequestsService, PullRequestOpener];
/** For the other two modules in this folder. */
const INTERNAL = [GithubClient, RepositoryListService, WebhooksRepository];

/** GitHub: every call to it, and what is remembered of its answers. */
@Module({
  imports: [ConfigModule, DatabaseModule, RedisModule, AuditModule, AuthModule],
  providers: [...FACADES, ...INTERNAL, RepositoriesRepository, PullRequestsRepository],
  exports: [...FACADES, ...INTERNAL],
})
export class GithubModule {}

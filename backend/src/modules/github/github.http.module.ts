import { Module } from '@nestjs/common';
import { ConfigModule } from '../../platform/config/config.js';
import { QueueModule } from '../../platform/queue/queues.js';
import { GithubModule } from './github.module.js';
import { RepositoriesController } from './repositories.controller.js';
import { RepositoryContentsService } from './repository-contents.service.js';
import { WebhookInbox } from './webhooks/webhook-inbox.service.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** Lists of repositories and of what they hold, and GitHub's deliveries. */
@Module({
  imports: [GithubModule, ConfigModule, QueueModule.register('webhook')],
  controllers: [RepositoriesController, WebhooksController],
  providers: [RepositoryContentsService, WebhookInbox],
})
export class GithubHttpModule {}

import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { QueueModule } from '../../platform/queue/queues.js';
import { StreamsModule } from '../../platform/streams/streams.module.js';
import { AuditModule } from '../audit/index.js';
import { AuthModule } from '../auth/index.js';
import { GithubModule } from './github.module.js';
import { WebhookProcessor } from './jobs/webhook.processor.js';
import { WebhookRelay } from './jobs/webhook.relay.js';
import { GithubSweeper } from './jobs/github-sweeper.task.js';
import { MirrorCare } from './jobs/mirror-care.task.js';
import { GithubFactsRepository } from './repositories/github-facts.repository.js';
import { WebhookEffects } from './webhooks/webhook-effects.js';
import { RightsChanged, WebhookWorker } from './webhooks/webhook-worker.service.js';

/** What the worker does with GitHub's deliveries. */
@Module({
  imports: [GithubModule, AuditModule, AuthModule, DatabaseModule, StreamsModule, QueueModule.register('webhook')],
  providers: [
    GithubFactsRepository,
    WebhookEffects,
    RightsChanged,
    WebhookWorker,
    WebhookProcessor,
    WebhookRelay,
    GithubSweeper,
    MirrorCare,
  ],
})
export class GithubJobsModule {}

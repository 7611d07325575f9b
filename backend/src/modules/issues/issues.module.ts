import { Module } from '@nestjs/common';
import { ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { QueueModule } from '../../platform/queue/queues.js';
import { StreamsModule } from '../../platform/streams/streams.module.js';
import { AuditModule } from '../audit/index.js';
import { AuthModule } from '../auth/index.js';
import { EmbeddingsModule } from '../embeddings/index.js';
import { GithubModule } from '../github/index.js';
import { SessionsModule } from '../sessions/index.js';
import { IssueNotifier } from './issue.notifier.js';
import { IssuesService } from './issues.service.js';
import { IssuesRepository } from './repositories/issues.repository.js';
import { PublishIntentsRepository } from './repositories/publish-intents.repository.js';
import { RevisionsRepository } from './repositories/revisions.repository.js';

/** Shared by the routes and the jobs of this folder; the service is for the other modules, too. */
const SHARED = [IssuesRepository, RevisionsRepository, PublishIntentsRepository, IssueNotifier, IssuesService];
const IMPORTS = [
  ConfigModule,
  DatabaseModule,
  StreamsModule,
  AuditModule,
  AuthModule,
  GithubModule,
  EmbeddingsModule,
  SessionsModule,
  QueueModule.register('draft', 'publish'),
];

/** Issues from the draft to GitHub. */
@Module({ imports: IMPORTS, providers: SHARED, exports: [...SHARED, ...IMPORTS] })
export class IssuesModule {}

import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { QueueModule } from '../../platform/queue/queues.js';
import { StreamsModule } from '../../platform/streams/streams.module.js';
import { AuditModule } from '../audit/index.js';
import { AuthModule } from '../auth/index.js';
import { EmbeddingsModule } from '../embeddings/index.js';
import { GithubModule } from '../github/index.js';
import { SessionsModule } from '../sessions/index.js';
import { EvaluationNotifier } from './evaluation.notifier.js';
import { EvaluationsRepository } from './repositories/evaluations.repository.js';

/** Shared by the routes and the jobs of this folder. */
const SHARED = [EvaluationsRepository, EvaluationNotifier];
const IMPORTS = [
  ...[DatabaseModule, StreamsModule, AuditModule, AuthModule, GithubModule, EmbeddingsModule, SessionsModule],
  QueueModule.register('evaluation'),
];

/** How well the search does on a repository's own merged fixes. */
@Module({ imports: IMPORTS, providers: SHARED, exports: [...SHARED, ...IMPORTS] })
export class EvaluationsModule {}

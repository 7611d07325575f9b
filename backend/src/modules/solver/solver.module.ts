import { Module } from '@nestjs/common';
import { ActivityModule } from '../../platform/activity/activity.module.js';
import { ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { LlmModule } from '../../platform/llm/llm.module.js';
import { QueueModule } from '../../platform/queue/queues.js';
import { StreamsModule } from '../../platform/streams/streams.module.js';
import { AuditModule } from '../audit/index.js';
import { AuthModule } from '../auth/index.js';
import { GithubModule } from '../github/index.js';
import { IssuesModule } from '../issues/index.js';
import { SessionsModule } from '../sessions/index.js';
import { ModelsService } from './models.service.js';
import { AiModelsRepository } from './repositories/ai-models.repository.js';
import { SolveCheckpointsRepository } from './repositories/solve-checkpoints.repository.js';
import { SolveEventsRepository } from './repositories/solve-events.repository.js';
import { SolvesRepository } from './repositories/solves.repository.js';
import { SolveBounds } from './solve-bounds.js';
import { SolveNotifier } from './solve.notifier.js';
import { SolveEndings } from './solve-endings.service.js';

/** Shared by the routes and the jobs of this folder. */
const SHARED = [
  SolvesRepository,
  SolveEventsRepository,
  SolveCheckpointsRepository,
  AiModelsRepository,
  ModelsService,
  SolveBounds,
  SolveNotifier,
  SolveEndings,
];
const IMPORTS = [
  ConfigModule,
  DatabaseModule,
  LlmModule,
  StreamsModule,
  ActivityModule,
  AuditModule,
  AuthModule,
  GithubModule,
  SessionsModule,
  IssuesModule,
  QueueModule.register('solve', 'pull-request'),
];

/** Agents' runs on issues: what they did, what they made, and the pull requests that come of it. */
@Module({ imports: IMPORTS, providers: SHARED, exports: [...SHARED, ...IMPORTS] })
export class SolverModule {}

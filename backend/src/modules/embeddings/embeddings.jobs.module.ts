import { Module } from '@nestjs/common';
import { OutboxModule } from '../../platform/database/outbox.module.js';
import { AuditModule } from '../audit/index.js';
import { AuthModule } from '../auth/index.js';
import { EmbeddingsModule } from './embeddings.module.js';
import { BlobEmbedder } from './indexing/blob-embedder.js';
import { CommitSource } from './indexing/commit-source.js';
import { FollowPushes } from './indexing/follow-pushes.js';
import { ForgetBranches } from './indexing/forget-branches.js';
import { HistoryRecorder } from './indexing/history-recorder.js';
import { IndexRecorder } from './indexing/index-recorder.js';
import { IndexRequester } from './indexing/index-requester.js';
import { IndexRun } from './indexing/index-run.js';
import { IndexWorker } from './indexing/index-worker.service.js';
import { TextEmbedder } from './indexing/text-embedder.js';
import { IndexProcessor } from './jobs/index.processor.js';
import { IndexRelay } from './jobs/index.relay.js';
import { OrphanSweeper } from './jobs/orphan-sweeper.task.js';
import { ReadAnew } from './jobs/read-anew.task.js';
import { BlobsRepository } from './repositories/blobs.repository.js';
import { FormerRecipesRepository } from './repositories/former-recipes.repository.js';
import { TextsRepository } from './repositories/texts.repository.js';

const STORED = [BlobsRepository, TextsRepository, TextEmbedder, BlobEmbedder];
const RUN = [CommitSource, HistoryRecorder, IndexRun, IndexRecorder, IndexWorker];
const REQUESTS = [FormerRecipesRepository, IndexRequester, FollowPushes, ReadAnew];
const JOBS = [IndexProcessor, IndexRelay, ForgetBranches, OrphanSweeper];

/** Reading branches, and forgetting them. */
@Module({
  imports: [EmbeddingsModule, OutboxModule, AuditModule, AuthModule],
  providers: [...STORED, ...RUN, ...REQUESTS, ...JOBS],
  exports: [ForgetBranches],
})
export class EmbeddingsJobsModule {}

import { Module } from '@nestjs/common';
import { OutboxModule } from '../../platform/database/outbox.module.js';
import { EmbeddingsJobsModule } from '../embeddings/index.js';
import { AnswerEnding } from './chat/answer-ending.js';
import { AnswerRequester } from './chat/answer-requester.js';
import { AnswerTasks } from './chat/answer-task.service.js';
import { AnswerWriter } from './chat/answer-writer.js';
import { ChatRecorder } from './chat/chat-recorder.js';
import { ChatWorker } from './chat/chat-worker.service.js';
import { Reranker } from './chat/reranker.js';
import { Retriever } from './chat/retriever.js';
import { CondensationPlanner } from './condensing/condensation-planner.js';
import { CondensationRecorder } from './condensing/condensation-recorder.js';
import { CondensationWorker } from './condensing/condensation-worker.service.js';
import { Condenser } from './condensing/condenser.js';
import { ChatProcessor } from './jobs/chat.processor.js';
import { ChatRelay } from './jobs/chat.relay.js';
import { CondenseProcessor } from './jobs/condense.processor.js';
import { CondenseRelay } from './jobs/condense.relay.js';
import { IndexNews } from './jobs/index-news.js';
import { IndexSweeper } from './jobs/index-sweeper.task.js';
import { MirrorSweeper } from './jobs/mirror-sweeper.task.js';
import { SessionSweeper } from './jobs/session-sweeper.task.js';
import { SessionsModule } from './sessions.module.js';

/** What the worker does for sessions: answers, condensations, news of the index, ends of those out of use. */
@Module({
  imports: [SessionsModule, EmbeddingsJobsModule, OutboxModule],
  providers: [
    ...[ChatWorker, AnswerTasks, AnswerWriter, Retriever, Reranker, ChatRecorder, AnswerEnding, AnswerRequester],
    ...[CondensationPlanner, CondensationWorker, Condenser, CondensationRecorder, CondenseProcessor, CondenseRelay],
    ...[ChatProcessor, ChatRelay, IndexNews, SessionSweeper, IndexSweeper, MirrorSweeper],
  ],
})
export class SessionsJobsModule {}

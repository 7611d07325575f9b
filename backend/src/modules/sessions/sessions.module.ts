import { Module } from '@nestjs/common';
import { ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { LlmModule } from '../../platform/llm/llm.module.js';
import { QueueModule } from '../../platform/queue/queues.js';
import { StreamsModule } from '../../platform/streams/streams.module.js';
import { AuditModule } from '../audit/index.js';
import { AuthModule } from '../auth/index.js';
import { EmbeddingsModule } from '../embeddings/index.js';
import { GithubModule } from '../github/index.js';
import { AnswerStreams } from './chat/answer-streams.js';
import { PromptAssembly } from './chat/prompt-assembly.js';
import { PromptMarkers } from './chat/prompt-markers.js';
import { StopWatch } from './chat/stop-watch.js';
import { ConversationHistory } from './condensing/conversation-history.js';
import { ConversationService } from './conversation.service.js';
import { CitationStanding } from './messages/citation-standing.js';
import { MessagePresenter } from './messages/message.presenter.js';
import { AttachmentsRepository } from './repositories/attachments.repository.js';
import { CardsRepository } from './repositories/cards.repository.js';
import { CitationsRepository } from './repositories/citations.repository.js';
import { CondensationsRepository } from './repositories/condensations.repository.js';
import { MembersRepository } from './repositories/members.repository.js';
import { MessagesRepository } from './repositories/messages.repository.js';
import { SessionsRepository } from './repositories/sessions.repository.js';
import { RepositoryText } from './repository-data/repository-text.service.js';
import { SessionAccessService } from './session-access.service.js';
import { SessionCounts } from './session-counts.js';
import { SessionNotifier } from './session.notifier.js';
import { SessionStreams } from './session-streams.js';
import { SessionsService } from './sessions.service.js';

const FACADES = [SessionAccessService, SessionStreams, SessionCounts, ConversationService];
/** Shared by the routes and the jobs of this folder. */
const INTERNAL = [
  ...[SessionsRepository, MembersRepository, MessagesRepository, CitationsRepository],
  ...[CardsRepository, AttachmentsRepository, CondensationsRepository],
  ...[SessionNotifier, SessionsService, RepositoryText],
  ...[CitationStanding, MessagePresenter, AnswerStreams],
  ...[ConversationHistory, PromptAssembly, PromptMarkers, StopWatch],
];
const IMPORTS = [
  ...[ConfigModule, DatabaseModule, StreamsModule, LlmModule, QueueModule.register('chat', 'condense')],
  ...[AuditModule, AuthModule, GithubModule, EmbeddingsModule],
];

/** Conversations on a branch of a repository. */
@Module({ imports: IMPORTS, providers: [...FACADES, ...INTERNAL], exports: [...FACADES, ...INTERNAL, ...IMPORTS] })
export class SessionsModule {}

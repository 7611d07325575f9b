import { Module } from '@nestjs/common';
import { ActivityModule } from '../../platform/activity/activity.module.js';
import { IdempotencyModule } from '../../platform/http/idempotency.module.js';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { AttachmentsService } from './attachments/attachments.service.js';
import { CardContents } from './cards/card-content.service.js';
import { CardPresenter } from './cards/card.presenter.js';
import { CardsController } from './cards/cards.controller.js';
import { CardsService } from './cards/cards.service.js';
import { ContextSelection } from './context/context-selection.service.js';
import { ContextController } from './context/context.controller.js';
import { ContextPresenter } from './context/context.presenter.js';
import { ContextService } from './context/context.service.js';
import { IndexActivity } from './index-activity.js';
import { MembersController } from './members/members.controller.js';
import { MembersService } from './members/members.service.js';
import { AnswerFollower } from './messages/answer-follower.js';
import { AnswersService } from './messages/answers.service.js';
import { MessageListService } from './messages/message-list.service.js';
import { MessageParts } from './messages/message-parts.service.js';
import { MessagesController } from './messages/messages.controller.js';
import { MessagesService } from './messages/messages.service.js';
import { FilesController } from './repository-data/files.controller.js';
import { IndexController } from './repository-data/index.controller.js';
import { Reindexing } from './repository-data/reindexing.service.js';
import { SessionOpening } from './session-opening.service.js';
import { SessionStats } from './session-stats.service.js';
import { SessionPresenter } from './session.presenter.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsModule } from './sessions.module.js';
import { ExportedMessages } from './transfer/exported-messages.js';
import { SessionExport } from './transfer/session-export.service.js';
import { SessionImport } from './transfer/session-import.service.js';
import { TransferController } from './transfer/transfer.controller.js';

/** The routes under `/sessions`. */
@Module({
  imports: [SessionsModule, ActivityModule, IdempotencyModule],
  controllers: [
    ...[SessionsController, MembersController, MessagesController, AttachmentsController],
    ...[CardsController, ContextController, IndexController, FilesController, TransferController],
  ],
  providers: [
    ...[SessionOpening, SessionPresenter, SessionStats, MembersService, IndexActivity, Reindexing],
    ...[MessagesService, MessageParts, MessageListService, AnswersService, AnswerFollower],
    ...[
      AttachmentsService,
      CardsService,
      CardContents,
      CardPresenter,
      ContextService,
      ContextPresenter,
      ContextSelection,
    ],
    ...[SessionExport, ExportedMessages, SessionImport],
  ],
})
export class SessionsHttpModule {}

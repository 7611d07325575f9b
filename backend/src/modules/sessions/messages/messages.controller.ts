import { Body, Controller, Delete, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access, type AuthenticatedRequest } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { lastEventId, sendEvents } from '../../../platform/http/sse.js';
import { Limit, Spends } from '../../auth/index.js';
import {
  ListMessagesQuery,
  MessageDto,
  MessagePageDto,
  RetriedMessageDto,
  RetryMessageDto,
  SendMessageDto,
  SentMessageDto,
} from '../dto/message.dto.js';
import type { Message } from '../entities/message.entity.js';
import type { SessionAccess } from '../session-access.service.js';
import { CurrentSession, SessionRight } from '../session.guard.js';
import { CurrentMessage, MessageRight } from '../session-parts.js';
import { AnswerFollower } from './answer-follower.js';
import { AnswersService } from './answers.service.js';
import { MessageListService } from './message-list.service.js';
import { MessagePresenter } from './message.presenter.js';
import { MessagesService } from './messages.service.js';

@ApiTags('Sessions')
@Controller('sessions/:id/messages')
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly answers: AnswersService,
    private readonly list: MessageListService,
    private readonly presenter: MessagePresenter,
    private readonly follower: AnswerFollower,
  ) {}

  @Access({ scope: 'read' })
  @SessionRight('viewer')
  @Get()
  @Endpoint({ summary: 'Messages of a branch, or of all branches that match, newest first', type: MessagePageDto })
  listMessages(@CurrentSession() session: SessionAccess, @Query() query: ListMessagesQuery): Promise<MessagePageDto> {
    return this.list.page(session.id, query);
  }

  @Access({ scope: 'write' })
  @Limit('chat')
  @Spends()
  @SessionRight('editor')
  @Post()
  @Idempotent()
  @Endpoint({
    summary: 'Says something; the answer begins',
    status: 201,
    also: [200],
    type: SentMessageDto,
    errors: [409],
  })
  async sendMessage(
    @CurrentSession() session: SessionAccess,
    @Body() wish: SendMessageDto,
    @Res({ passthrough: true }) res: Response,
  ): Promise<SentMessageDto> {
    const { message, answer, made } = await this.messages.send(session, wish);
    res.status(made ? 201 : 200);
    return { message: await this.presenter.one(message), answer };
  }

  @Access({ scope: 'read' })
  @MessageRight('viewer')
  @Get(':mid/stream')
  @Endpoint({ summary: 'An answer as it is written', produces: 'text/event-stream' })
  async streamMessage(
    @CurrentMessage() message: Message,
    @Req() req: AuthenticatedRequest,
    @Res() res: Response,
  ): Promise<void> {
    await sendEvents(req, res, (signal) => this.follower.follow(message, lastEventId(req), signal));
  }

  @Access({ scope: 'write' })
  @Limit('chat')
  @Spends()
  @MessageRight('editor')
  @Post(':mid/retry')
  @Idempotent()
  @Endpoint({ summary: 'Another answer beside this one', status: 201, type: RetriedMessageDto, errors: [409] })
  async retryMessage(
    @CurrentSession() session: SessionAccess,
    @CurrentMessage() message: Message,
    @Body() { model }: RetryMessageDto,
  ): Promise<RetriedMessageDto> {
    return { answer: await this.messages.retry(session, message, model) };
  }

  @Access({ scope: 'write' })
  @MessageRight('editor')
  @Post(':mid/stop')
  @Idempotent()
  @Endpoint({ summary: 'Ends an answer where it is; what was written stays', type: MessageDto })
  stopMessage(@CurrentSession() session: SessionAccess, @CurrentMessage() message: Message): Promise<MessageDto> {
    return this.answers.stop(session, message);
  }

  @Access({ scope: 'write' })
  @MessageRight('editor', { github: 'none' })
  @Delete(':mid')
  @Endpoint({ summary: 'Deletes a message and what follows it', status: 204, errors: [409] })
  async deleteMessage(@CurrentSession() session: SessionAccess, @CurrentMessage() message: Message): Promise<void> {
    await this.messages.remove(session, message);
  }
}

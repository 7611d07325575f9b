import { Injectable } from '@nestjs/common';
import { currentContext } from '../../../platform/context/request-context.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { type Problem, toProblem } from '../../../platform/errors/problem.js';
import type { Message, MessageError } from '../entities/message.entity.js';
import { MessagePresenter } from '../messages/message.presenter.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { SessionNotifier } from '../session.notifier.js';
import { AnswerStreams } from './answer-streams.js';

/** Tells readers and members that an answer has ended, after that was stored. */
@Injectable()
export class AnswerEnding {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly streams: AnswerStreams,
    private readonly presenter: MessagePresenter,
    private readonly notifier: SessionNotifier,
  ) {}

  async tell(answer: Message, error: MessageError | undefined): Promise<void> {
    const teller = this.streams.teller(answer.id);
    if (error) await teller.event('error', { problem: problemOf(error, answer) });
    else {
      const stored = await this.messages.find(answer.id);
      if (stored) await teller.event('done', { message: await this.presenter.one(stored) });
    }
    await this.notifier.messageChanged(answer.sessionId, answer.id);
    await this.notifier.sessionChanged(answer.sessionId);
  }
}

const problemOf = ({ code, detail, kind = 'upstream' }: MessageError, { id, sessionId }: Message): Problem =>
  toProblem(
    new DomainError(kind, code, detail),
    `/api/sessions/${sessionId}/messages/${id}`,
    currentContext()?.requestId ?? '',
  );

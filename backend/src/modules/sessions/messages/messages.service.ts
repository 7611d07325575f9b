import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { EntityManager } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import { isUniqueViolation, Transactions } from '../../../platform/database/transactions.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { wake } from '../../../platform/queue/wake.js';
import { AuditLog } from '../../audit/index.js';
import type { SendMessageDto, SentMessageDto } from '../dto/message.dto.js';
import type { Message } from '../entities/message.entity.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import type { SessionAccess } from '../session-access.service.js';
import { SessionNotifier } from '../session.notifier.js';
import { answerDeleted, answerUnderWay, notAnAnswer, sessionNotFound } from '../sessions.errors.js';
import { MessageParts } from './message-parts.service.js';

type Answer = SentMessageDto['answer'];

/** What sending has stored. */
export interface Sent {
  readonly message: Message;
  readonly answer: Answer;
  /** False when the same `clientMessageId` had been sent before. */
  readonly made: boolean;
}

const CLIENT_ID = 'messages_client_message_id_key';

/** Saying something, asking again, taking back. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly messages: MessagesRepository,
    private readonly parts: MessageParts,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: SessionNotifier,
    @InjectQueue('chat') private readonly queue: Queue<WakeUp>,
  ) {}

  /** Stores the message and the answer to be written; the same `clientMessageId` only once. */
  async send(access: SessionAccess, wish: SendMessageDto): Promise<Sent> {
    const known = await this.known(access.id, wish.clientMessageId);
    if (known) return { ...known, made: false };
    try {
      await this.store(access, wish);
    } catch (error) {
      if (!isUniqueViolation(error, CLIENT_ID)) throw error;
      const raced = await this.known(access.id, wish.clientMessageId);
      if (!raced) throw answerDeleted();
      return { ...raced, made: false };
    }
    const sent = await this.known(access.id, wish.clientMessageId);
    if (!sent) throw sessionNotFound();
    await this.begun(access.id, sent.answer.id, sent.message.id);
    return { ...sent, made: true };
  }

  private async store(access: SessionAccess, wish: SendMessageDto): Promise<void> {
    const { id: sessionId, userId: authorId } = access;
    const repository = `${access.owner}/${access.repo}`;
    const enclosed = await this.parts.check(sessionId, wish);
    const { text, clientMessageId } = wish;
    const id = newId();
    const answerId = newId();
    await this.transactions.run(async (tx) => {
      const session = await this.sessions.lock(tx, sessionId);
      if (!session) throw sessionNotFound();
      const parentId = wish.parentId === undefined ? session.activeLeafId : wish.parentId;
      await this.messages.insert(tx, { id, sessionId, parentId, authorId, role: 'user', text, clientMessageId });
      await this.parts.enclose(tx, id, enclosed);
      await this.beginAnswer(tx, { id: answerId, sessionId, parentId: id, authorId });
      await this.parts.name(tx, session, repository, text);
      await this.parts.goOn(tx, sessionId, answerId);
      await this.audit.record(tx, {
        action: 'message.send',
        target: { type: 'message', id, name: null },
        result: 'ok',
        repository,
        details: {
          ...{ sessionId, answerId, characters: text.length },
          ...{ cards: enclosed.cardIds.length, attachments: enclosed.attachmentIds.length },
        },
      });
    });
  }

  /** Another answer beside one that has ended. @throws DomainError `sessions.not-an-answer`, `sessions.answer-under-way`. */
  async retry(
    { id: sessionId, userId: authorId, owner, repo }: SessionAccess,
    { id: besideId, role, status, parentId }: Message,
    model: string | undefined,
  ): Promise<Answer> {
    if (role !== 'assistant' || parentId === null) throw notAnAnswer();
    if (status === 'streaming') throw answerUnderWay();
    const id = newId();
    await this.transactions.run(async (tx) => {
      await this.beginAnswer(tx, { id, sessionId, parentId, authorId, model: model ?? null });
      await this.parts.goOn(tx, sessionId, id);
      await this.audit.record(tx, {
        action: 'message.retry',
        target: { type: 'message', id, name: null },
        result: 'ok',
        repository: `${owner}/${repo}`,
        details: { sessionId, besideId, ...(model === undefined ? {} : { model }) },
      });
    });
    await this.begun(sessionId, id);
    return { id, status: 'streaming' };
  }

  /** With everything that follows it. @throws DomainError `sessions.answer-under-way` while it is being written. */
  async remove({ id: sessionId, owner, repo }: SessionAccess, message: Message): Promise<void> {
    if (message.status === 'streaming') throw answerUnderWay();
    await this.transactions.run(async (tx) => {
      await this.messages.remove(tx, message.id);
      await this.parts.fallBack(tx, sessionId, message.parentId);
      await this.audit.record(tx, {
        action: 'message.delete',
        target: { type: 'message', id: message.id, name: null },
        result: 'ok',
        repository: `${owner}/${repo}`,
        details: { sessionId, role: message.role },
      });
    });
    await this.notifier.messageChanged(sessionId, message.id);
    await this.notifier.sessionChanged(sessionId);
  }

  private beginAnswer(
    tx: EntityManager,
    answer: Pick<Message, 'id' | 'sessionId' | 'parentId' | 'authorId'> & Partial<Message>,
  ): Promise<void> {
    return this.messages.insert(tx, { ...answer, role: 'assistant', text: '', status: 'streaming' });
  }

  private async begun(sessionId: string, answerId: string, ...others: readonly string[]): Promise<void> {
    await wake(this.queue, answerId);
    await this.notifier.messageChanged(sessionId, answerId, ...others);
    await this.notifier.sessionChanged(sessionId);
  }

  private async known(
    sessionId: string,
    clientMessageId: string,
  ): Promise<{ message: Message; answer: Answer } | null> {
    const message = await this.messages.byClientId(sessionId, clientMessageId);
    const answer = message && (await this.messages.firstAnswer(sessionId, message.id));
    return message && answer ? { message, answer: { id: answer.id, status: answer.status } } : null;
  }
}

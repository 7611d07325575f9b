import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import { StopWatch } from '../chat/stop-watch.js';
import type { MessageDto } from '../dto/message.dto.js';
import type { Message } from '../entities/message.entity.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import type { SessionAccess } from '../session-access.service.js';
import { messageNotFound } from '../sessions.errors.js';
import { MessagePresenter } from './message.presenter.js';

/** Ending an answer before the model does. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly stopWatch: StopWatch,
    private readonly presenter: MessagePresenter,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** What was written stays. An answer that has ended already is left as it is. */
  async stop({ id: sessionId, owner, repo }: SessionAccess, message: Message): Promise<MessageDto> {
    if (message.status !== 'streaming') return this.presenter.one(message);
    await this.transactions.run(async (tx) => {
      await this.messages.requestStop(tx, message.id);
      await this.audit.record(tx, {
        action: 'message.stop',
        target: { type: 'message', id: message.id, name: null },
        result: 'ok',
        repository: `${owner}/${repo}`,
        details: { sessionId },
      });
    });
    await this.stopWatch.tell(message.id);
    const now = await this.messages.byId(sessionId, message.id);
    if (!now) throw messageNotFound();
    return this.presenter.one(now);
  }
}

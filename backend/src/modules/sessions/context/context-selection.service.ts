import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import { refuseMissing } from '../conversation.service.js';
import type { UpdateContextDto } from '../dto/context.dto.js';
import { CardsRepository } from '../repositories/cards.repository.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { type SessionAccess, SessionAccessService } from '../session-access.service.js';
import { SessionNotifier } from '../session.notifier.js';
import { partIds } from './part-ids.js';

/** Which cards are pinned, and which cards and turns are left out of prompts. */
@Injectable()
export class ContextSelection {
  constructor(
    private readonly cards: CardsRepository,
    private readonly messages: MessagesRepository,
    private readonly access: SessionAccessService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: SessionNotifier,
  ) {}

  /** Each list that is given replaces the one before. @throws DomainError `sessions.context-part`, `sessions.reference`. */
  async store({ id, title, owner, repo }: SessionAccess, { pinned, dropped }: UpdateContextDto): Promise<void> {
    const wanted = { pinned: partIds(pinned, ['card']), dropped: partIds(dropped, ['card', 'turn']) };
    const cardIds = [...(wanted.pinned?.card ?? []), ...(wanted.dropped?.card ?? [])];
    refuseMissing('cards', cardIds, await this.cards.byIds(id, cardIds));
    const turnIds = wanted.dropped?.turn ?? [];
    refuseMissing('turns', turnIds, await this.messages.byIds(id, turnIds));
    await this.transactions.run(async (tx) => {
      if (wanted.pinned) await this.cards.mark(tx, id, 'pinned', wanted.pinned.card);
      if (wanted.dropped) {
        await this.cards.mark(tx, id, 'dropped', wanted.dropped.card);
        await this.messages.markDropped(tx, id, wanted.dropped.turn);
      }
      await this.access.use(tx, id);
      await this.audit.record(tx, {
        action: 'context.update',
        target: { type: 'session', id, name: title },
        result: 'ok',
        repository: `${owner}/${repo}`,
        details: { ...(pinned ? { pinned: pinned.length } : {}), ...(dropped ? { dropped: dropped.length } : {}) },
      });
    });
    await this.notifier.sessionChanged(id);
  }
}

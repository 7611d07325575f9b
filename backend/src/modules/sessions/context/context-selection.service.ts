import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import { splitBranch } from '../condensing/history.js';
import { refuseMissing } from '../conversation.service.js';
import type { UpdateContextDto } from '../dto/context.dto.js';
import { CardsRepository } from '../repositories/cards.repository.js';
import { CondensationsRepository } from '../repositories/condensations.repository.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { type SessionAccess, SessionAccessService } from '../session-access.service.js';
import { SessionNotifier } from '../session.notifier.js';
import { partIds } from './part-ids.js';

/** Which cards are pinned, and which cards, turns and condensations are left out of prompts. */
@Injectable()
export class ContextSelection {
  constructor(
    private readonly cards: CardsRepository,
    private readonly messages: MessagesRepository,
    private readonly condensations: CondensationsRepository,
    private readonly access: SessionAccessService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: SessionNotifier,
  ) {}

  /**
   * Each list that is given replaces the one before, on the branch that ends at `activeLeafId`.
   * @throws DomainError `sessions.context-part`, `sessions.reference`
   */
  async store(
    { id, title, owner, repo }: SessionAccess,
    activeLeafId: string | null,
    { pinned, dropped }: UpdateContextDto,
  ): Promise<void> {
    const wanted = { pinned: partIds(pinned, ['card']), dropped: partIds(dropped, ['card', 'turn', 'condensation']) };
    const cardIds = [...(wanted.pinned?.card ?? []), ...(wanted.dropped?.card ?? [])];
    refuseMissing('cards', cardIds, await this.cards.byIds(id, cardIds));
    const turnIds = wanted.dropped?.turn ?? [];
    refuseMissing('turns', turnIds, await this.messages.byIds(id, turnIds));
    const condensationIds = wanted.dropped?.condensation ?? [];
    refuseMissing('condensations', condensationIds, await this.condensations.byIds(id, condensationIds));
    const shown = await this.shown(id, activeLeafId);
    await this.transactions.run(async (tx) => {
      if (wanted.pinned) await this.cards.mark(tx, id, 'pinned', wanted.pinned.card);
      if (wanted.dropped) {
        await this.cards.mark(tx, id, 'dropped', wanted.dropped.card);
        await this.messages.markDropped(tx, [...shown.turns, ...turnIds], turnIds);
        const among = [...shown.condensations, ...condensationIds];
        await this.condensations.markDropped(tx, among, condensationIds);
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

  /** Of what people can choose from there. What is said on other branches, and what stands for it, keeps its place. */
  private async shown(sessionId: string, leafId: string | null): Promise<Record<'turns' | 'condensations', string[]>> {
    if (leafId === null) return { turns: [], condensations: [] };
    const [path, done] = await Promise.all([
      this.condensations.path(sessionId, leafId),
      this.condensations.done(sessionId),
    ]);
    const { condensation } = splitBranch(path, done);
    return { turns: path.map(({ id }) => id), condensations: condensation ? [condensation.id] : [] };
  }
}

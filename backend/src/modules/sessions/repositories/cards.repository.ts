import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, LessThan } from 'typeorm';
import { ContextCard } from '../entities/context-card.entity.js';
import { MessageCard } from '../entities/message-card.entity.js';

@Injectable()
export class CardsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  byId(sessionId: string, id: string): Promise<ContextCard | null> {
    return this.dataSource.manager.findOneBy(ContextCard, { sessionId, id });
  }

  byIds(sessionId: string, ids: readonly string[]): Promise<ContextCard[]> {
    return this.dataSource.manager.find(ContextCard, { where: { sessionId, id: In([...ids]) }, order: { id: 'ASC' } });
  }

  pinned(sessionId: string): Promise<ContextCard[]> {
    return this.dataSource.manager.find(ContextCard, {
      where: { sessionId, pinned: true, dropped: false },
      order: { id: 'ASC' },
    });
  }

  /** All of a session, oldest first; their number is bounded when they are made. */
  all(sessionId: string): Promise<ContextCard[]> {
    return this.dataSource.manager.find(ContextCard, { where: { sessionId }, order: { id: 'ASC' } });
  }

  /** Newest first, with one row too many when there are more. */
  list(sessionId: string, limit: number, beforeId?: string): Promise<ContextCard[]> {
    return this.dataSource.manager.find(ContextCard, {
      where: { sessionId, ...(beforeId === undefined ? {} : { id: LessThan(beforeId) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
  }

  count(sessionId: string): Promise<number> {
    return this.dataSource.manager.countBy(ContextCard, { sessionId });
  }

  async countOf(sessionIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.dataSource.query<{ id: string; n: number }[]>(
      `SELECT session_id AS id, count(*)::int AS n FROM context_cards WHERE session_id = ANY($1::uuid[]) GROUP BY session_id`,
      [sessionIds],
    );
    return new Map(rows.map(({ id, n }) => [id, n]));
  }

  async insert(tx: EntityManager, card: Partial<ContextCard> & { id: string }): Promise<void> {
    await tx.insert(ContextCard, card);
  }

  async update(tx: EntityManager, id: string, change: Partial<ContextCard>): Promise<void> {
    await tx.update(ContextCard, { id }, { ...change, updatedAt: new Date() });
  }

  async remove(tx: EntityManager, id: string): Promise<void> {
    await tx.delete(ContextCard, { id });
  }

  /** Exactly these cards of the session are pinned (or left out) from now on. */
  async mark(
    tx: EntityManager,
    sessionId: string,
    column: 'pinned' | 'dropped',
    ids: readonly string[],
  ): Promise<void> {
    await tx.query(
      `UPDATE context_cards SET ${column} = (id = ANY($2::uuid[])), updated_at = now()
        WHERE session_id = $1 AND ${column} <> (id = ANY($2::uuid[]))`,
      [sessionId, ids],
    );
  }

  async attach(tx: EntityManager, messageId: string, cardIds: readonly string[]): Promise<void> {
    if (cardIds.length > 0)
      await tx.insert(
        MessageCard,
        cardIds.map((cardId) => ({ messageId, cardId })),
      );
  }

  /** Cards that were sent along with a message. */
  ofMessage(messageId: string): Promise<ContextCard[]> {
    return this.dataSource.manager
      .createQueryBuilder(ContextCard, 'card')
      .innerJoin(MessageCard, 'sent', 'sent.card_id = card.id')
      .where('sent.message_id = :messageId', { messageId })
      .orderBy('card.id')
      .getMany();
  }
}

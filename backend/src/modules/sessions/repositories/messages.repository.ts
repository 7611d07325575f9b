import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, MoreThan } from 'typeorm';
import type { Lease } from '../../../platform/database/lease.js';
import { Message, type MessageRole } from '../entities/message.entity.js';

export interface BranchWindow {
  readonly limit: number;
  /** Only messages before or after these. */
  readonly beforeId?: string | undefined;
  readonly afterId?: string | undefined;
}

export interface MessageFilter {
  /** Words that the text has, in the search syntax of the web. */
  readonly query?: string | undefined;
  readonly role?: MessageRole | undefined;
}

/** What all messages of a session took together. */
export interface Spent {
  readonly messages: number;
  readonly prompt: number;
  readonly completion: number;
  readonly costUsd: number;
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
}

/** Steps of a walk through a branch that is searched. */
const LONGEST_BRANCH = 100_000;

@Injectable()
export class MessagesRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  byId(sessionId: string, id: string): Promise<Message | null> {
    return this.dataSource.manager.findOneBy(Message, { sessionId, id });
  }

  /** For jobs, which know the message only. */
  find(id: string): Promise<Message | null> {
    return this.dataSource.manager.findOneBy(Message, { id });
  }

  /** Oldest first. */
  byIds(sessionId: string, ids: readonly string[]): Promise<Message[]> {
    return this.dataSource.manager.find(Message, { where: { sessionId, id: In([...ids]) }, order: { id: 'ASC' } });
  }

  byClientId(sessionId: string, clientMessageId: string): Promise<Message | null> {
    return this.dataSource.manager.findOneBy(Message, { sessionId, clientMessageId });
  }

  firstAnswer(sessionId: string, parentId: string): Promise<Message | null> {
    return this.dataSource.manager.findOne(Message, {
      where: { sessionId, parentId, role: 'assistant' },
      order: { id: 'ASC' },
    });
  }

  /**
   * The branch that ends at `leafId`, newest first; `beforeId` moves the end to that message's parent, `afterId` ends the walk.
   * One step of the walk is one look into the primary key, so that a window without a filter costs what it shows.
   */
  async branch(sessionId: string, leafId: string, window: BranchWindow & MessageFilter): Promise<Message[]> {
    const { limit, beforeId = null, afterId = null, query, role = null } = window;
    const steps = query || role ? LONGEST_BRANCH : limit;
    const rows = await this.dataSource.query<{ id: string }[]>(
      `WITH RECURSIVE branch AS (
         SELECT id, parent_id, 1 AS depth FROM messages
          WHERE session_id = $1 AND ($4::uuid IS NULL OR id <> $4)
            AND id = CASE WHEN $3::uuid IS NULL THEN $2::uuid
                          ELSE (SELECT parent_id FROM messages WHERE id = $3 AND session_id = $1) END
         UNION ALL
         SELECT m.id, m.parent_id, b.depth + 1 FROM branch b JOIN messages m ON m.id = b.parent_id
          WHERE b.depth < $5 AND ($4::uuid IS NULL OR m.id <> $4)
       )
       SELECT b.id FROM branch b JOIN messages m ON m.id = b.id
        WHERE ($6::text IS NULL OR m.role = $6)
          AND ($7::text IS NULL OR m.search @@ websearch_to_tsquery('simple', $7))
        ORDER BY b.depth LIMIT $8`,
      [sessionId, leafId, beforeId, afterId, steps, role, query ?? null, limit],
    );
    const ids = rows.map(({ id }) => id);
    const found = new Map((await this.byIds(sessionId, ids)).map((message) => [message.id, message]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** Messages of all branches that match, newest first. */
  search(
    sessionId: string,
    { query, role, limit, beforeId, afterId }: BranchWindow & MessageFilter,
  ): Promise<Message[]> {
    const found = this.dataSource.manager
      .createQueryBuilder(Message, 'message')
      .where('message.session_id = :sessionId', { sessionId })
      .orderBy('message.id', 'DESC')
      .take(limit);
    if (query) found.andWhere(`message.search @@ websearch_to_tsquery('simple', :query)`, { query });
    if (role) found.andWhere('message.role = :role', { role });
    if (beforeId) found.andWhere('message.id < :beforeId', { beforeId });
    if (afterId) found.andWhere('message.id > :afterId', { afterId });
    return found.getMany();
  }

  /** The messages of all branches after this one, oldest first: parents come before what follows them. */
  after(sessionId: string, afterId: string | undefined, limit: number): Promise<Message[]> {
    return this.dataSource.manager.find(Message, {
      where: { sessionId, ...(afterId === undefined ? {} : { id: MoreThan(afterId) }) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** Ids of the cards and uploads that were sent along with these messages. */
  async sentAlong(ids: readonly string[]): Promise<Map<string, { cardIds: string[]; attachmentIds: string[] }>> {
    const rows = await this.dataSource.query<{ id: string; cardIds: string[]; attachmentIds: string[] }[]>(
      `SELECT m.id,
              ARRAY(SELECT card_id FROM message_cards c WHERE c.message_id = m.id ORDER BY card_id) AS "cardIds",
              ARRAY(SELECT attachment_id FROM message_attachments a WHERE a.message_id = m.id ORDER BY attachment_id) AS "attachmentIds"
         FROM unnest($1::uuid[]) AS m (id)`,
      [ids],
    );
    return new Map(rows.map(({ id, cardIds, attachmentIds }) => [id, { cardIds, attachmentIds }]));
  }

  /** For each of these messages of one session, all of its kind that follow the same message, oldest first. */
  async siblings(messages: readonly Message[]): Promise<Map<string, string[]>> {
    const sessionId = messages[0]?.sessionId;
    if (sessionId === undefined) return new Map();
    const parents = [...new Set(messages.map(({ parentId }) => parentId))];
    const rows = await this.dataSource.query<{ parentId: string | null; role: MessageRole; ids: string[] }[]>(
      `SELECT parent_id AS "parentId", role, array_agg(id ORDER BY id) AS ids FROM messages
        WHERE parent_id = ANY($1::uuid[]) GROUP BY parent_id, role
       UNION ALL
       SELECT NULL, role, array_agg(id ORDER BY id) FROM messages
        WHERE $2 AND session_id = $3 AND parent_id IS NULL GROUP BY role`,
      [parents.filter((parent) => parent !== null), parents.includes(null), sessionId],
    );
    const groups = new Map(rows.map(({ parentId, role, ids }) => [`${parentId ?? ''} ${role}`, ids]));
    return new Map(messages.map(({ id, parentId, role }) => [id, groups.get(`${parentId ?? ''} ${role}`) ?? [id]]));
  }

  /** Where the newest branch through a message ends. */
  async newestLeaf(sessionId: string, id: string): Promise<string> {
    return (await this.leafFrom(this.dataSource.manager, sessionId, id)) ?? id;
  }

  /** The same inside a transaction; from the newest beginning when there is no message to start from. */
  async leafFrom(tx: EntityManager, sessionId: string, id: string | null): Promise<string | null> {
    const [row] = await tx.query<{ id: string }[]>(
      `WITH RECURSIVE down AS (
         (SELECT id FROM messages
           WHERE session_id = $1 AND CASE WHEN $2::uuid IS NULL THEN parent_id IS NULL ELSE id = $2 END
           ORDER BY id DESC LIMIT 1)
         UNION ALL
         SELECT child.id FROM down
           CROSS JOIN LATERAL (SELECT id FROM messages WHERE parent_id = down.id ORDER BY id DESC LIMIT 1) child
       )
       SELECT id FROM down ORDER BY id DESC LIMIT 1`,
      [sessionId, id],
    );
    return row?.id ?? null;
  }

  async totals(sessionIds: readonly string[]): Promise<Map<string, { messages: number; tokens: number }>> {
    const rows = await this.dataSource.query<{ id: string; messages: number; tokens: string }[]>(
      `SELECT m.session_id AS id, count(*)::int AS messages,
              sum(prompt_tokens + completion_tokens)::bigint
              + (SELECT coalesce(sum(c.prompt_tokens + c.completion_tokens), 0) FROM condensations c
                  WHERE c.session_id = m.session_id) AS tokens
         FROM messages m WHERE m.session_id = ANY($1::uuid[]) GROUP BY m.session_id`,
      [sessionIds],
    );
    return new Map(rows.map(({ id, messages, tokens }) => [id, { messages, tokens: Number(tokens) }]));
  }

  async spent(sessionId: string): Promise<Spent> {
    const [row] = await this.dataSource.query<[Spent]>(
      `SELECT count(*)::int AS messages, coalesce(sum(prompt_tokens), 0)::int AS prompt,
              coalesce(sum(completion_tokens), 0)::int AS completion, coalesce(sum(cost_usd), 0)::float8 AS "costUsd",
              min(created_at) AS "firstAt", max(created_at) AS "lastAt"
         FROM messages WHERE session_id = $1`,
      [sessionId],
    );
    return row;
  }

  async insert(tx: EntityManager, message: Partial<Message> & { id: string; sessionId: string }): Promise<void> {
    await tx.insert(Message, message);
  }

  /** Under the lease of the answer; false when it is no longer streaming or another worker has it. */
  async finish(tx: EntityManager, lease: Lease, change: Partial<Message>): Promise<boolean> {
    const where = { id: lease.id, fence: lease.fence, status: 'streaming' as const };
    return (await tx.update(Message, where, change)).affected === 1;
  }

  /** Asks the worker to stop. */
  async requestStop(tx: EntityManager, id: string): Promise<void> {
    await tx.query(
      `UPDATE messages SET stop_requested_at = coalesce(stop_requested_at, now()) WHERE id = $1 AND status = 'streaming'`,
      [id],
    );
  }

  async stopRequested(id: string): Promise<boolean> {
    return (await this.find(id))?.stopRequestedAt != null;
  }

  async remove(tx: EntityManager, id: string): Promise<void> {
    await tx.delete(Message, { id });
  }

  /** Of the messages in `among`, exactly `ids` are kept out of prompts from now on. */
  async markDropped(tx: EntityManager, among: readonly string[], ids: readonly string[]): Promise<void> {
    await tx.query(
      `UPDATE messages SET dropped = (id = ANY($2::uuid[]))
        WHERE id = ANY($1::uuid[]) AND dropped <> (id = ANY($2::uuid[]))`,
      [among, ids],
    );
  }

  /** Ids of answers that no worker writes, the oldest first. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM messages
        WHERE status = 'streaming' AND run_after <= now() AND (lease_until IS NULL OR lease_until < now())
        ORDER BY run_after LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}

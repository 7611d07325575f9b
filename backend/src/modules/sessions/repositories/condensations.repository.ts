import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Lease } from '../../../platform/database/lease.js';
import { Condensation } from '../entities/condensation.entity.js';

/** A message as a step of a branch, without its text. */
export interface Step {
  readonly id: string;
  readonly dropped: boolean;
  readonly streaming: boolean;
  /** Of its text, in UTF-8; 0 for one that says nothing. */
  readonly bytes: number;
}

export type Wanted = Pick<Condensation, 'id' | 'throughId' | 'digest' | 'messageCount' | 'afterId' | 'requestedBy'>;

/** Longer branches are read from their end. */
const LONGEST_BRANCH = 100_000;

@Injectable()
export class CondensationsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  find(id: string): Promise<Condensation | null> {
    return this.dataSource.manager.findOneBy(Condensation, { id });
  }

  /** Everything that people and the model have said on the branch that ends at `leafId`, oldest first. */
  async path(sessionId: string, leafId: string): Promise<Step[]> {
    return this.dataSource.query<Step[]>(
      `WITH RECURSIVE branch AS (
         SELECT id, parent_id, 1 AS depth FROM messages WHERE session_id = $1 AND id = $2
         UNION ALL
         SELECT m.id, m.parent_id, b.depth + 1 FROM branch b JOIN messages m ON m.id = b.parent_id WHERE b.depth < $3
       )
       SELECT m.id, m.dropped, m.status = 'streaming' AS streaming, octet_length(m.text) AS bytes
         FROM branch b JOIN messages m ON m.id = b.id
        WHERE m.role <> 'system' ORDER BY b.depth DESC`,
      [sessionId, leafId, LONGEST_BRANCH],
    );
  }

  /** All of a session that are done. */
  done(sessionId: string): Promise<Condensation[]> {
    return this.dataSource.manager.findBy(Condensation, { sessionId, status: 'done' });
  }

  newest(sessionId: string): Promise<Condensation | null> {
    return this.dataSource.manager.findOne(Condensation, { where: { sessionId }, order: { id: 'DESC' } });
  }

  byIds(sessionId: string, ids: readonly string[]): Promise<Condensation[]> {
    return this.dataSource.query<Condensation[]>(
      'SELECT id FROM condensations WHERE session_id = $1 AND id = ANY($2::uuid[])',
      [sessionId, ids],
    );
  }

  /** How these messages begin, in the order given. */
  titles(ids: readonly string[], characters: number): Promise<{ id: string; role: string; title: string }[]> {
    return this.dataSource.query(
      `SELECT m.id, m.role, left(m.text, $2) AS title
         FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, n) JOIN messages m ON m.id = wanted.id ORDER BY wanted.n`,
      [ids, characters],
    );
  }

  /** @returns whether it is new: somebody else may have wanted the same, or its messages are gone. */
  async want(wish: Wanted): Promise<boolean> {
    const { id, throughId, digest, messageCount, afterId, requestedBy } = wish;
    const rows = await this.dataSource.query<unknown[]>(
      `INSERT INTO condensations (id, session_id, through_id, digest, message_count, after_id, requested_by)
       SELECT $1, session_id, id, $3, $4, (SELECT id FROM messages WHERE id = $5), $6 FROM messages WHERE id = $2
       ON CONFLICT DO NOTHING RETURNING id`,
      [id, throughId, digest, messageCount, afterId, requestedBy],
    );
    return rows.length === 1;
  }

  /** Under its lease; false when another worker has it, or it is gone. */
  async change(tx: EntityManager, { id, fence }: Lease, change: Partial<Condensation>): Promise<boolean> {
    return (await tx.update(Condensation, { id, fence, status: 'queued' as const }, change)).affected === 1;
  }

  /** Under its lease, as `change`; the same messages may be wanted anew then. */
  async forget(tx: EntityManager, { id, fence }: Lease): Promise<boolean> {
    return (await tx.delete(Condensation, { id, fence, status: 'queued' as const })).affected === 1;
  }

  /** Of the condensations in `among`, exactly `ids` are left out of prompts from now on. */
  async markDropped(tx: EntityManager, among: readonly string[], ids: readonly string[]): Promise<void> {
    await tx.query(
      `UPDATE condensations SET dropped = (id = ANY($2::uuid[]))
        WHERE id = ANY($1::uuid[]) AND dropped <> (id = ANY($2::uuid[]))`,
      [among, ids],
    );
  }

  /** What all of them took, by session. */
  async spent(
    sessionIds: readonly string[],
  ): Promise<Map<string, { prompt: number; completion: number; costUsd: number }>> {
    const rows = await this.dataSource.query<{ id: string; prompt: number; completion: number; costUsd: number }[]>(
      `SELECT session_id AS id, sum(prompt_tokens)::int AS prompt, sum(completion_tokens)::int AS completion,
              sum(cost_usd)::float8 AS "costUsd"
         FROM condensations WHERE session_id = ANY($1::uuid[]) GROUP BY session_id`,
      [sessionIds],
    );
    return new Map(rows.map(({ id, ...spent }) => [id, spent]));
  }

  /** Ids of those that no worker writes, the oldest first. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM condensations
        WHERE status = 'queued' AND run_after <= now() AND (lease_until IS NULL OR lease_until < now())
        ORDER BY run_after LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}

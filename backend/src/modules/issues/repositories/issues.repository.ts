import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import type { Lease } from '../../../platform/database/lease.js';
import { Issue } from '../entities/issue.entity.js';
import { IssueSource } from '../entities/issue-source.entity.js';

export interface Provenance {
  readonly messageIds: string[];
  readonly cardIds: string[];
}

export type NewIssueRow = Partial<Issue> & Pick<Issue, 'id' | 'sessionId' | 'createdBy' | 'status' | 'title'>;

const EMPTY = { body: '', labels: [], assignees: [], acceptance: [] };

@Injectable()
export class IssuesRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  byId(id: string): Promise<Issue | null> {
    return this.dataSource.manager.findOneBy(Issue, { id });
  }

  /** The session's issue of this number on GitHub. */
  byNumber(sessionId: string, githubNumber: number): Promise<Issue | null> {
    return this.dataSource.manager.findOneBy(Issue, { sessionId, githubNumber });
  }

  /** Newest first, with one row too many when there are more. */
  ofSession(sessionId: string, limit: number, beforeId?: string): Promise<Issue[]> {
    const query = this.dataSource.manager
      .createQueryBuilder(Issue, 'issue')
      .where('issue.sessionId = :sessionId', { sessionId })
      .orderBy('issue.id', 'DESC')
      .take(limit + 1);
    if (beforeId !== undefined) query.andWhere('issue.id < :beforeId', { beforeId });
    return query.getMany();
  }

  async provenance(issueIds: readonly string[]): Promise<Map<string, Provenance>> {
    const rows = await this.dataSource.manager.find(IssueSource, {
      where: { issueId: In([...issueIds]) },
      order: { issueId: 'ASC', ordinal: 'ASC' },
    });
    const found = new Map<string, Provenance>(issueIds.map((id) => [id, { messageIds: [], cardIds: [] }]));
    for (const { issueId, messageId, cardId } of rows) {
      if (messageId !== null) found.get(issueId)?.messageIds.push(messageId);
      if (cardId !== null) found.get(issueId)?.cardIds.push(cardId);
    }
    return found;
  }

  async countBySession(sessionIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.dataSource.query<{ session_id: string; count: number }[]>(
      'SELECT session_id, count(*)::int AS count FROM issues WHERE session_id = ANY($1::uuid[]) GROUP BY session_id',
      [sessionIds],
    );
    return new Map(rows.map(({ session_id: id, count }) => [id, count]));
  }

  /** The row, locked until the transaction ends. */
  lock(tx: EntityManager, id: string): Promise<Issue | null> {
    return tx.findOne(Issue, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: EntityManager, issue: NewIssueRow): Promise<void> {
    await tx.insert(Issue, { ...EMPTY, ...issue });
  }

  /** What a new issue is drafted from. */
  async addSources(tx: EntityManager, issueId: string, { messageIds, cardIds }: Provenance): Promise<void> {
    const rows = [
      ...messageIds.map((messageId) => ({ messageId, cardId: null })),
      ...cardIds.map((cardId) => ({ messageId: null, cardId })),
    ];
    if (rows.length === 0) return;
    const numbered = rows.map((row, ordinal) => ({ issueId, ordinal, ...row }));
    await tx.insert(IssueSource, numbered);
  }

  async update(tx: EntityManager, id: string, change: Partial<Issue>): Promise<void> {
    // TypeORM's type for a partial update does not take nested JSON
    await tx.update(Issue, { id }, { ...change, updatedAt: new Date() });
  }

  /** Under the drafting lease; false when the draft was taken over or is no longer wanted. */
  async advance(tx: EntityManager, lease: Lease, change: Partial<Issue>): Promise<boolean> {
    const set = { ...change, updatedAt: new Date() } as object;
    const { affected } = await tx.update(Issue, { id: lease.id, fence: lease.fence, status: 'drafting' }, set);
    return affected === 1;
  }

  async remove(tx: EntityManager, id: string): Promise<void> {
    await tx.delete(Issue, { id });
  }

  /** Ids of drafts that no worker writes, the oldest first. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM issues
        WHERE status = 'drafting' AND run_after <= now() AND (lease_until IS NULL OR lease_until < now())
        ORDER BY run_after LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}

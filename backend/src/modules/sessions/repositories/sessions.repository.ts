import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, IsNull, Not } from 'typeorm';
import type { BranchRef } from '../../embeddings/index.js';
import { Session } from '../entities/session.entity.js';
import { SessionMember, type SessionRole } from '../entities/session-member.entity.js';
import type { SessionAccess } from '../session-access.service.js';

export interface SessionFilter {
  readonly userId: string;
  readonly query?: string | undefined;
  readonly archived: boolean;
}

/** A session as one of its members sees it in a list. */
export interface ListedSession {
  readonly session: Session;
  readonly role: SessionRole;
  /** The sort key with PostgreSQL's microseconds, for the cursor. */
  readonly activeAt: string;
}

interface ListedRow {
  readonly id: string;
  readonly role: SessionRole;
  readonly active_at: string;
}

const ESCAPED = /[\\%_]/g;

@Injectable()
export class SessionsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  byId(id: string): Promise<Session | null> {
    return this.dataSource.manager.findOneBy(Session, { id });
  }

  /** What a user may do in a session; null for who takes no part in it. */
  async access(userId: string, sessionId: string): Promise<SessionAccess | null> {
    const [row] = await this.dataSource.query<SessionAccess[]>(
      `SELECT s.id, s.title, m.user_id AS "userId", m.role, s.repository_id AS "repositoryId", r.owner, r.name AS repo,
              s.branch, s.archived_at IS NOT NULL AS archived
         FROM session_members m
         JOIN sessions s ON s.id = m.session_id
         JOIN repositories r ON r.id = s.repository_id
        WHERE m.session_id = $1 AND m.user_id = $2`,
      [sessionId, userId],
    );
    return row ?? null;
  }

  /** A user's sessions by last activity, with one row too many when there are more. */
  async list(filter: SessionFilter, limit: number, before?: { at: string; id: string }): Promise<ListedSession[]> {
    const rows = await this.dataSource.query<ListedRow[]>(
      `SELECT s.id, m.role, to_char(m.last_activity_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS active_at
         FROM session_members m
         JOIN sessions s ON s.id = m.session_id
         JOIN repositories r ON r.id = s.repository_id
        WHERE m.user_id = $1 AND (s.archived_at IS NOT NULL) = $2
          AND ($3::text IS NULL OR s.title ILIKE $3 OR r.owner || '/' || r.name ILIKE $3)
          AND ($4::timestamptz IS NULL OR (m.last_activity_at, m.session_id) < ($4, $5::uuid))
        ORDER BY m.last_activity_at DESC, m.session_id DESC
        LIMIT $6`,
      [filter.userId, filter.archived, pattern(filter.query), before?.at ?? null, before?.id ?? null, limit + 1],
    );
    const sessions = await this.byIds(rows.map(({ id }) => id));
    return rows.flatMap(({ id, role, active_at: activeAt }) => {
      const session = sessions.get(id);
      return session ? [{ session, role, activeAt }] : [];
    });
  }

  private async byIds(ids: readonly string[]): Promise<Map<string, Session>> {
    const rows = ids.length === 0 ? [] : await this.dataSource.manager.findBy(Session, { id: In([...ids]) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  async insert(tx: EntityManager, session: Partial<Session> & { id: string; ownerId: string }): Promise<void> {
    await tx.insert(Session, session);
    await tx.insert(SessionMember, { sessionId: session.id, userId: session.ownerId, role: 'owner' });
  }

  async update(tx: EntityManager, id: string, change: Partial<Session>): Promise<void> {
    await tx.update(Session, { id }, { ...change, updatedAt: new Date() });
  }

  /** The row, locked until the transaction ends. */
  lock(tx: EntityManager, id: string): Promise<Session | null> {
    return tx.findOne(Session, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async remove(tx: EntityManager, id: string): Promise<void> {
    await tx.delete(Session, { id });
  }

  async touch(tx: EntityManager, id: string, ttlDays: number): Promise<void> {
    await tx.query(
      `UPDATE sessions SET last_activity_at = now(), expires_at = now() + make_interval(days => $2) WHERE id = $1`,
      [id, ttlDays],
    );
    await tx.query(`UPDATE session_members SET last_activity_at = now() WHERE session_id = $1`, [id]);
  }

  isArchived(tx: EntityManager, id: string): Promise<boolean> {
    return tx.existsBy(Session, { id, archivedAt: Not(IsNull()) });
  }

  /**
   * Whether there is a session on a branch; until the transaction ends, none begins there. Whoever stores a session holds its
   * repository's row by the foreign key: those that are being stored are waited for, and those that come wait.
   */
  async hasAnyFromHereOn(tx: EntityManager, { repositoryId, branch }: BranchRef): Promise<boolean> {
    await tx.query('SELECT 1 FROM repositories WHERE id = $1 FOR UPDATE', [repositoryId]);
    return tx.existsBy(Session, { repositoryId, branch });
  }

  /** Which of these branches no session is on at the moment. */
  unusedBranches(branches: readonly BranchRef[]): Promise<BranchRef[]> {
    return this.dataSource.query<BranchRef[]>(
      `SELECT wanted.repository_id AS "repositoryId", wanted.branch
         FROM unnest($1::uuid[], $2::text[]) AS wanted (repository_id, branch)
        WHERE NOT EXISTS (SELECT 1 FROM sessions s
                           WHERE s.repository_id = wanted.repository_id AND s.branch = wanted.branch)`,
      [branches.map(({ repositoryId }) => repositoryId), branches.map(({ branch }) => branch)],
    );
  }

  on({ repositoryId, branch }: { repositoryId: string; branch: string }): Promise<Session[]> {
    return this.dataSource.manager.findBy(Session, { repositoryId, branch });
  }

  /** Which of these repositories no session is about. */
  async unused(repositoryIds: readonly string[]): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT wanted.id FROM unnest($1::uuid[]) AS wanted (id)
        WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.repository_id = wanted.id)`,
      [repositoryIds],
    );
    return rows.map(({ id }) => id);
  }

  /** Those that have come to within `days` of their end in the last `seconds`. */
  async nearing(days: number, seconds: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM sessions
        WHERE expires_at <= now() + make_interval(days => $1)
          AND expires_at > now() + make_interval(days => $1, secs => -$2::int)`,
      [days, seconds],
    );
    return rows.map(({ id }) => id);
  }

  /** Those without activity for too long, the longest first. */
  expired(limit: number): Promise<Session[]> {
    return this.dataSource.manager
      .createQueryBuilder(Session, 'session')
      .where('session.expires_at < now()')
      .orderBy('session.expires_at')
      .take(limit)
      .getMany();
  }
}

/** What a person types is looked for as it stands. */
function pattern(query: string | undefined): string | null {
  return query ? `%${query.replace(ESCAPED, '\\$&')}%` : null;
}

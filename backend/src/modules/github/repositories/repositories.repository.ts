import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, LessThan, MoreThan } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import { Repository } from '../entities/repository.entity.js';
import { type Permission, RepositoryPermission } from '../entities/repository-permission.entity.js';

export type KnownRepository = Omit<Repository, 'id' | 'updatedAt' | 'rightsChangedAt'>;

/** What GitHub has said of a user's right. */
export interface ToldRight {
  readonly userId: string;
  readonly permission: Permission;
  /** Since when GitHub was asked, by the database's clock (`now()`), in its own form. */
  readonly askedAt: string;
  /** How long it is believed. */
  readonly seconds: number;
}

/** A repository with what a user may do in it. */
export interface Right {
  readonly repository: Repository;
  readonly permission: Permission;
}

@Injectable()
export class RepositoriesRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  byId(id: string): Promise<Repository | null> {
    return this.dataSource.manager.findOneBy(Repository, { id });
  }

  byIds(ids: readonly string[]): Promise<Repository[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.dataSource.manager.findBy(Repository, { id: In([...ids]) });
  }

  byGithubId(githubId: string): Promise<Repository | null> {
    return this.dataSource.manager.findOneBy(Repository, { githubId });
  }

  /** A right that was asked for not long ago. Names are compared as GitHub does, without regard to case. */
  async knownRight(
    userId: string,
    by: { owner: string; name: string } | { repositoryId: string },
  ): Promise<Right | null> {
    const query = this.dataSource.manager
      .createQueryBuilder(Repository, 'repository')
      .innerJoinAndMapOne(
        'repository.right',
        RepositoryPermission,
        'permission',
        'permission.repository_id = repository.id AND permission.user_id = :userId AND permission.expires_at > now()',
        { userId },
      );
    if ('repositoryId' in by) query.where('repository.id = :id', { id: by.repositoryId });
    else query.where('lower(repository.owner) = lower(:owner) AND lower(repository.name) = lower(:name)', by);
    const row = (await query.getOne()) as (Repository & { right: RepositoryPermission }) | null;
    if (!row) return null;
    const { right, ...repository } = row;
    return { repository, permission: right.permission };
  }

  /** Those of these users whose right to read a repository was confirmed not long ago. */
  async knownReaders(repositoryId: string, userIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.manager.find(RepositoryPermission, {
      select: { userId: true },
      where: { repositoryId, userId: In([...userIds]), expiresAt: MoreThan(new Date()) },
    });
    return new Set(rows.map(({ userId }) => userId));
  }

  /** The database's time, in its own form. */
  async now(): Promise<string> {
    const [row] = await this.dataSource.query<{ now: string }[]>('SELECT now()::text AS now');
    if (!row) throw new TypeError('a time is one row');
    return row.now;
  }

  /**
   * Stores a repository as GitHub just described it, and what the user may do there.
   * @returns null when rights have changed since GitHub was asked: what it said then is not kept.
   */
  async remember(known: KnownRepository, told: ToldRight): Promise<Repository | null> {
    return this.dataSource.transaction(async (tx) => {
      const [row] = await tx.query<{ id: string; updated_at: Date; rights_changed_at: Date | null }[]>(
        `INSERT INTO repositories (id, github_id, owner, name, private, archived, default_branch)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (github_id) DO UPDATE
            SET owner = excluded.owner, name = excluded.name, private = excluded.private, archived = excluded.archived,
                default_branch = excluded.default_branch, updated_at = now()
         RETURNING id, updated_at, rights_changed_at`,
        [newId(), known.githubId, known.owner, known.name, known.private, known.archived, known.defaultBranch],
      );
      if (!row) throw new TypeError('an upsert returns its row');
      const kept = await tx.query<unknown[]>(
        `INSERT INTO repository_permissions (user_id, repository_id, permission, expires_at)
         SELECT $1, id, $3, now() + make_interval(secs => $4) FROM repositories
          WHERE id = $2 AND (rights_changed_at IS NULL OR rights_changed_at < $5::timestamptz)
         ON CONFLICT (user_id, repository_id) DO UPDATE SET permission = excluded.permission, expires_at = excluded.expires_at
         RETURNING repository_id`,
        [told.userId, row.id, told.permission, told.seconds, told.askedAt],
      );
      if (kept.length === 0) return null;
      return { ...known, id: row.id, updatedAt: row.updated_at, rightsChangedAt: row.rights_changed_at };
    });
  }

  /** Those of these repositories that no user is known to have a right to. */
  async withoutRights(repositoryIds: readonly string[]): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM unnest($1::uuid[]) AS asked (id)
        WHERE NOT EXISTS (SELECT 1 FROM repository_permissions WHERE repository_id = asked.id)`,
      [repositoryIds],
    );
    return rows.map(({ id }) => id);
  }

  /** Removes rights that were not asked for anew since then. */
  async sweepRights(before: Date): Promise<void> {
    await this.dataSource.manager.delete(RepositoryPermission, { expiresAt: LessThan(before) });
  }

  /** Forgets what users may do: one user's or everybody's rights in a repository, or all rights of a user. */
  async forgetRights(of: { userId?: string; repositoryId?: string }): Promise<void> {
    await this.dataSource.manager.delete(RepositoryPermission, of);
  }
}

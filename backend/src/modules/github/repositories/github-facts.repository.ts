import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { GithubInstallation } from '../entities/github-installation.entity.js';
import { PullRequest, type PullStatus } from '../entities/pull-request.entity.js';
import { Repository } from '../entities/repository.entity.js';
import { RepositoryPermission } from '../entities/repository-permission.entity.js';

export interface IssueFact {
  readonly repositoryId: string;
  readonly number: number;
  readonly githubId: string;
  readonly title: string;
  readonly state: string;
  readonly updatedAt: string;
}

/** What webhooks tell, stored. Every method runs in the transaction that marks the delivery as processed. */
@Injectable()
export class GithubFactsRepository {
  repository(tx: EntityManager, githubId: string): Promise<Repository | null> {
    return tx.findOneBy(Repository, { githubId });
  }

  async updateRepository(tx: EntityManager, githubId: string, change: Partial<Repository>): Promise<void> {
    await tx.update(Repository, { githubId }, { ...change, updatedAt: new Date() });
  }

  /** An older description does not replace a newer one: deliveries may overtake each other. */
  async saveIssue(tx: EntityManager, issue: IssueFact): Promise<void> {
    await tx.query(
      `INSERT INTO github_issues (repository_id, number, github_id, title, state, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (repository_id, number) DO UPDATE
          SET title = excluded.title, state = excluded.state, updated_at = excluded.updated_at
        WHERE github_issues.updated_at <= excluded.updated_at`,
      [issue.repositoryId, issue.number, issue.githubId, issue.title, issue.state, issue.updatedAt],
    );
  }

  async setPullStatus(
    tx: EntityManager,
    repositoryId: string,
    number: number,
    status: PullStatus,
  ): Promise<string | null> {
    await tx.update(PullRequest, { repositoryId, number }, { status });
    return (await tx.findOneBy(PullRequest, { repositoryId, number }))?.id ?? null;
  }

  async saveInstallation(tx: EntityManager, installation: Omit<GithubInstallation, 'createdAt'>): Promise<void> {
    await tx.query(
      `INSERT INTO github_installations (github_id, account, suspended_at) VALUES ($1, $2, $3)
       ON CONFLICT (github_id) DO UPDATE SET account = excluded.account, suspended_at = excluded.suspended_at`,
      [installation.githubId, installation.account, installation.suspendedAt],
    );
  }

  async removeInstallation(tx: EntityManager, githubId: string): Promise<void> {
    await tx.delete(GithubInstallation, { githubId });
  }

  /** The repository is marked first, so that no answer is kept that was asked for before. @returns the users whose rights were forgotten. */
  async forgetRights(tx: EntityManager, of: { userId?: string; repositoryId: string }): Promise<string[]> {
    await tx.query('UPDATE repositories SET rights_changed_at = now() WHERE id = $1', [of.repositoryId]);
    const rows = await tx.findBy(RepositoryPermission, of);
    await tx.delete(RepositoryPermission, of);
    return [...new Set(rows.map(({ userId }) => userId))];
  }

  /** The repositories known here of an account, or those with one of these ids of GitHub's. */
  async repositoryIds(
    tx: EntityManager,
    of: { account: string } | { githubIds: readonly string[] },
  ): Promise<string[]> {
    const query = tx.createQueryBuilder(Repository, 'r').select('r.id', 'id');
    if ('account' in of) query.where('lower(r.owner) = lower(:account)', of);
    else query.where('r.githubId = ANY(:ids)', { ids: [...of.githubIds] });
    return (await query.getRawMany<{ id: string }>()).map(({ id }) => id);
  }

  /** Rights in every repository of an account. */
  async forgetAccountRights(tx: EntityManager, account: string): Promise<string[]> {
    await tx.query('UPDATE repositories SET rights_changed_at = now() WHERE lower(owner) = lower($1)', [account]);
    const [rows] = await tx.query<[{ user_id: string }[], number]>(
      `DELETE FROM repository_permissions USING repositories
        WHERE repositories.id = repository_permissions.repository_id AND lower(repositories.owner) = lower($1)
        RETURNING repository_permissions.user_id`,
      [account],
    );
    return [...new Set(rows.map(({ user_id: userId }) => userId))];
  }
}

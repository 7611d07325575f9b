import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, MoreThan, Not } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import type { Lease } from '../../../platform/database/lease.js';
import { GithubToken } from '../entities/github-token.entity.js';

export type SealedGrant = Pick<
  GithubToken,
  'keyId' | 'accessToken' | 'refreshToken' | 'expiresAt' | 'refreshExpiresAt'
>;

@Injectable()
export class GithubTokensRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  find(userId: string): Promise<GithubToken | null> {
    return this.dataSource.manager.findOneBy(GithubToken, { userId });
  }

  /** Puts the user's tokens in the place of earlier ones; a refresh under way loses its lease. */
  async replace(tx: EntityManager, userId: string, grant: SealedGrant): Promise<void> {
    await tx.delete(GithubToken, { userId });
    await tx.insert(GithubToken, { id: newId(), userId, ...grant });
  }

  /** False when the row is gone, or held by somebody else. */
  async update(tx: EntityManager, { id, fence }: Lease, grant: SealedGrant): Promise<boolean> {
    const { affected } = await tx.update(GithubToken, { id, fence }, { ...grant, updatedAt: new Date() });
    return affected === 1;
  }

  /** False when they were gone, or are others by now. */
  async remove(tx: EntityManager, { id, accessToken }: GithubToken): Promise<boolean> {
    const { affected } = await tx.delete(GithubToken, { id, accessToken });
    return affected === 1;
  }

  /** Whatever the user has by now. False when there was nothing. */
  async removeOf(tx: EntityManager, userId: string): Promise<boolean> {
    const { affected } = await tx.delete(GithubToken, { userId });
    return affected === 1;
  }

  /** Rows under another key than this one, in the order of their ids. */
  sealedOtherwise(keyId: string, afterId: string | undefined, limit: number): Promise<GithubToken[]> {
    return this.dataSource.manager.find(GithubToken, {
      where: { keyId: Not(keyId), ...(afterId === undefined ? {} : { id: MoreThan(afterId) }) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** The same tokens under another key. False when they are gone, or are others by now. */
  async reseal({ id, accessToken }: GithubToken, sealed: Pick<SealedGrant, 'keyId' | 'accessToken' | 'refreshToken'>) {
    const { affected } = await this.dataSource.manager.update(GithubToken, { id, accessToken }, sealed);
    return affected === 1;
  }

  /** Removes what nobody can use any more: both tokens have run out. */
  async sweep(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM github_tokens
        WHERE expires_at < now() AND (refresh_token IS NULL OR refresh_expires_at < now())`,
    );
  }
}

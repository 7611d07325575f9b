import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
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

  async update(tx: EntityManager, id: string, grant: SealedGrant): Promise<void> {
    await tx.update(GithubToken, { id }, { ...grant, updatedAt: new Date() });
  }

  /** False when they were gone, or are others by now. */
  async remove(tx: EntityManager, { id, accessToken }: GithubToken): Promise<boolean> {
    const { affected } = await tx.delete(GithubToken, { id, accessToken });
    return affected === 1;
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, MoreThan } from 'typeorm';
import { ApiToken } from '../entities/api-token.entity.js';
import { User } from '../entities/user.entity.js';

@Injectable()
export class ApiTokensRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** A token by its hash, run out or not, with its user. */
  async byTokenHash(tokenHash: string): Promise<{ token: ApiToken; user: User } | null> {
    const token = await this.dataSource
      .createQueryBuilder(ApiToken, 'token')
      .innerJoinAndMapOne('token.user', User, 'user', 'user.id = token.userId')
      .where('token.tokenHash = :tokenHash', { tokenHash })
      .getOne();
    return token ? { token, user: (token as ApiToken & { user: User }).user } : null;
  }

  find(userId: string, id: string): Promise<ApiToken | null> {
    return this.dataSource.manager.findOneBy(ApiToken, { id, userId });
  }

  /** Newest first (ids sort by time). */
  list(userId: string, beforeId: string | undefined, limit: number): Promise<ApiToken[]> {
    const query = this.dataSource
      .createQueryBuilder(ApiToken, 't')
      .where('t.userId = :userId', { userId })
      .orderBy('t.id', 'DESC')
      .limit(limit);
    if (beforeId !== undefined) query.andWhere('t.id < :beforeId', { beforeId });
    return query.getMany();
  }

  /** Which of these tokens are neither deleted nor run out. */
  async alive(ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.manager.find(ApiToken, {
      select: { id: true },
      where: { id: In([...ids]), expiresAt: MoreThan(new Date()) },
    });
    return new Set(rows.map(({ id }) => id));
  }

  /** Notes the use unless that was done after `unlessAfter`. */
  async touch(id: string, at: Date, unlessAfter: Date): Promise<void> {
    await this.dataSource
      .createQueryBuilder()
      .update(ApiToken)
      .set({ lastUsedAt: at })
      .where('id = :id AND (last_used_at IS NULL OR last_used_at < :unlessAfter)', { id, unlessAfter })
      .execute();
  }

  count(tx: EntityManager, userId: string): Promise<number> {
    return tx.countBy(ApiToken, { userId });
  }

  async insert(tx: EntityManager, token: ApiToken): Promise<void> {
    await tx.insert(ApiToken, token);
  }

  /** False when it was gone already. */
  async remove(tx: EntityManager, id: string): Promise<boolean> {
    const { affected } = await tx.delete(ApiToken, { id });
    return affected === 1;
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, MoreThan } from 'typeorm';
import { Login } from '../entities/login.entity.js';
import { User } from '../entities/user.entity.js';

@Injectable()
export class LoginsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** A login by its secret's hash, ended by time or not, with its user. */
  async byTokenHash(tokenHash: string): Promise<{ login: Login; user: User } | null> {
    const login = await this.dataSource
      .createQueryBuilder(Login, 'login')
      .innerJoinAndMapOne('login.user', User, 'user', 'user.id = login.userId')
      .where('login.tokenHash = :tokenHash', { tokenHash })
      .getOne();
    return login ? { login, user: (login as Login & { user: User }).user } : null;
  }

  find(userId: string, id: string): Promise<Login | null> {
    return this.dataSource.manager.findOneBy(Login, { id, userId });
  }

  /** Newest first (ids sort by time), of those that are alive. */
  list(userId: string, usedAfter: Date, beforeId: string | undefined, limit: number): Promise<Login[]> {
    const query = this.dataSource
      .createQueryBuilder(Login, 'l')
      .where('l.userId = :userId AND l.lastUsedAt > :usedAfter AND l.expiresAt > :now', {
        userId,
        usedAfter,
        now: new Date(),
      })
      .orderBy('l.id', 'DESC')
      .limit(limit);
    if (beforeId !== undefined) query.andWhere('l.id < :beforeId', { beforeId });
    return query.getMany();
  }

  /** Which of these logins have not ended, by sign-out or by time. */
  async alive(ids: readonly string[], usedAfter: Date): Promise<Set<string>> {
    const rows = await this.dataSource.manager.find(Login, {
      select: { id: true },
      where: { id: In([...ids]), expiresAt: MoreThan(new Date()), lastUsedAt: MoreThan(usedAfter) },
    });
    return new Set(rows.map(({ id }) => id));
  }

  /** Notes the use unless that was done after `unlessAfter`. */
  async touch(id: string, at: Date, unlessAfter: Date): Promise<void> {
    await this.dataSource
      .createQueryBuilder()
      .update(Login)
      .set({ lastUsedAt: at })
      .where('id = :id AND last_used_at < :unlessAfter', { id, unlessAfter })
      .execute();
  }

  async insert(tx: EntityManager, login: Login): Promise<void> {
    await tx.insert(Login, login);
  }

  /** False when somebody else has ended it. */
  async remove(tx: EntityManager, id: string): Promise<boolean> {
    const { affected } = await tx.delete(Login, { id });
    return affected === 1;
  }

  /** Ends all logins of a user but one. */
  async removeOthers(tx: EntityManager, userId: string, keptId: string | undefined): Promise<string[]> {
    const query = tx.createQueryBuilder().delete().from(Login).where('user_id = :userId', { userId }).returning('id');
    if (keptId !== undefined) query.andWhere('id <> :keptId', { keptId });
    const result = await query.execute();
    return (result.raw as { id: string }[]).map(({ id }) => id);
  }

  /** Removes what has ended by time. */
  async sweep(usedAfter: Date): Promise<void> {
    await this.dataSource
      .createQueryBuilder()
      .delete()
      .from(Login)
      .where('expires_at < :now OR last_used_at < :usedAfter', { now: new Date(), usedAfter })
      .execute();
  }
}

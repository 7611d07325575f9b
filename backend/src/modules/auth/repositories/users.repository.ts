import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, IsNull } from 'typeorm';
import { User } from '../entities/user.entity.js';

@Injectable()
export class UsersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  byId(id: string): Promise<User | null> {
    return this.dataSource.manager.findOneBy(User, { id });
  }

  byIds(ids: readonly string[]): Promise<User[]> {
    return this.dataSource.manager.findBy(User, { id: In([...ids]) });
  }

  byGithubId(githubId: string): Promise<User | null> {
    return this.dataSource.manager.findOneBy(User, { githubId });
  }

  /** People whose login or name contains the text, those whose login starts with it first. */
  search(text: string, limit: number): Promise<User[]> {
    const escaped = text.replace(/[\\%_]/g, '\\$&');
    return this.dataSource
      .createQueryBuilder(User, 'u')
      .where('u.disabledAt IS NULL AND (u.login ILIKE :contains OR u.name ILIKE :contains)')
      .orderBy('(u.login ILIKE :starts)', 'DESC')
      .addOrderBy('u.login')
      .setParameters({ contains: `%${escaped}%`, starts: `${escaped}%` })
      .limit(limit)
      .getMany();
  }

  /** Newest first, after the user with this creation time and id. */
  list(after: { createdAt: Date; id: string } | undefined, limit: number): Promise<User[]> {
    const query = this.dataSource
      .createQueryBuilder(User, 'u')
      .orderBy('u.createdAt', 'DESC')
      .addOrderBy('u.id', 'DESC');
    if (after) query.where('(u.createdAt, u.id) < (:createdAt, :id)', after);
    return query.limit(limit).getMany();
  }

  lock(tx: EntityManager, id: string): Promise<User | null> {
    return tx.findOne(User, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  lockByGithubId(tx: EntityManager, githubId: string): Promise<User | null> {
    return tx.findOne(User, { where: { githubId }, lock: { mode: 'pessimistic_write' } });
  }

  /** Everybody who can administer, locked: of two administrators who demote each other at once, one has to wait and see. */
  lockAdmins(tx: EntityManager): Promise<User[]> {
    return tx.find(User, {
      where: { role: 'admin', disabledAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async insert(tx: EntityManager, user: User): Promise<void> {
    await tx.insert(User, user);
  }

  async update(tx: EntityManager, id: string, change: Partial<Omit<User, 'id'>>): Promise<void> {
    await tx.update(User, { id }, change);
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, IsNull } from 'typeorm';
import type { Role } from '../../../platform/http/principal.js';
import { User } from '../entities/user.entity.js';

/** Whom to show to an administrator. */
export interface UserFilter {
  /** Part of the login or the name. */
  readonly query?: string | undefined;
  readonly role?: Role | undefined;
}

/** A text that stands for itself in a LIKE pattern. */
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

@Injectable()
export class UsersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  byId(id: string): Promise<User | null> {
    return this.dataSource.manager.findOneBy(User, { id });
  }

  byIds(ids: readonly string[]): Promise<User[]> {
    return this.dataSource.manager.findBy(User, { id: In([...ids]) });
  }

  byGithubId(githubId: string, tx: EntityManager = this.dataSource.manager): Promise<User | null> {
    return tx.findOneBy(User, { githubId });
  }

  /** People whose login or name contains the text, those whose login starts with it first. */
  search(text: string, limit: number): Promise<User[]> {
    return this.dataSource
      .createQueryBuilder(User, 'u')
      .where('u.disabledAt IS NULL AND (u.login ILIKE :contains OR u.name ILIKE :contains)')
      .orderBy('(u.login ILIKE :starts)', 'DESC')
      .addOrderBy('u.login')
      .setParameters({ contains: `%${escaped(text)}%`, starts: `${escaped(text)}%` })
      .limit(limit)
      .getMany();
  }

  /** Newest first (ids sort by time), the disabled too. */
  list({ query: text, role }: UserFilter, beforeId: string | undefined, limit: number): Promise<User[]> {
    const query = this.dataSource.createQueryBuilder(User, 'u').orderBy('u.id', 'DESC').limit(limit);
    if (beforeId !== undefined) query.andWhere('u.id < :beforeId', { beforeId });
    if (role !== undefined) query.andWhere('u.role = :role', { role });
    if (text !== undefined)
      query.andWhere('(u.login ILIKE :contains OR u.name ILIKE :contains)', { contains: `%${escaped(text)}%` });
    return query.getMany();
  }

  /** Those of these users who may come in, with their roles. */
  async rolesOf(ids: readonly string[]): Promise<Map<string, Role>> {
    const rows = await this.dataSource.manager.find(User, {
      select: { id: true, role: true },
      where: { id: In([...ids]), disabledAt: IsNull() },
    });
    return new Map(rows.map(({ id, role }) => [id, role]));
  }

  lock(tx: EntityManager, id: string): Promise<User | null> {
    return tx.findOne(User, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** The user with this GitHub id, locked; made from `fresh` if there is none yet. */
  async lockOrInsert(tx: EntityManager, fresh: User): Promise<User> {
    await tx.createQueryBuilder().insert().into(User).values(fresh).orIgnore().execute();
    return tx.findOneOrFail(User, { where: { githubId: fresh.githubId }, lock: { mode: 'pessimistic_write' } });
  }

  /** Everybody who can administer, locked: of two administrators who demote each other at once, one has to wait and see. */
  lockAdmins(tx: EntityManager): Promise<User[]> {
    return tx.find(User, {
      where: { role: 'admin', disabledAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async update(tx: EntityManager, id: string, change: Partial<Omit<User, 'id'>>): Promise<void> {
    await tx.update(User, { id }, change);
  }
}

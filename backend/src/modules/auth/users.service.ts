import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { User } from './entities/user.entity.js';
import { UsersRepository } from './repositories/users.repository.js';

const MOST_FOUND = 20;

/** Who somebody is, for the other modules. */
@Injectable()
export class UsersService {
  constructor(private readonly users: UsersRepository) {}

  /** The user, disabled or not; null for an unknown id. */
  byId(id: string): Promise<User | null> {
    return this.users.byId(id);
  }

  /** The users among these ids that exist, in no particular order. */
  byIds(ids: readonly string[]): Promise<User[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.users.byIds(ids);
  }

  /** By GitHub's numeric id, as webhooks name people; in a transaction, with it. */
  byGithubId(githubId: string | number, tx?: EntityManager): Promise<User | null> {
    return this.users.byGithubId(String(githubId), tx);
  }

  /** People who have signed in and are not disabled, by a part of login or name; at most 20. */
  search(query: string): Promise<User[]> {
    return this.users.search(query, MOST_FOUND);
  }
}

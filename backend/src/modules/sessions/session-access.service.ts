import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { isId } from '../../platform/database/ids.js';
import { RepositoriesService } from '../github/index.js';
import { SESSION_ROLES, type SessionRole } from './entities/session-member.entity.js';
import { MembersRepository } from './repositories/members.repository.js';
import { SessionsRepository } from './repositories/sessions.repository.js';
import { notEnough, readOnlyRepository, sessionArchived, sessionNotFound } from './sessions.errors.js';

/** A session with what one of its members may do in it. */
export interface SessionAccess {
  readonly id: string;
  readonly title: string;
  /** The member. */
  readonly userId: string;
  readonly role: SessionRole;
  readonly repositoryId: string;
  readonly owner: string;
  readonly repo: string;
  readonly branch: string;
  readonly archived: boolean;
}

/** What a handler needs of a session. */
export interface SessionNeed {
  readonly right: SessionRole;
  /** `read` unless it says otherwise. */
  readonly github?: 'none' | 'read' | 'write';
}

/** Who may do what in a session: its own roles, and for its repository GitHub's word. */
@Injectable()
export class SessionAccessService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionsRepository,
    private readonly members: MembersRepository,
    private readonly repositories: RepositoriesService,
  ) {}

  /** @throws DomainError `sessions.not-found` for a session that is not there or in which the user takes no part. */
  async of(userId: string, sessionId: string): Promise<SessionAccess> {
    const access = await this.find(userId, sessionId);
    if (!access) throw sessionNotFound();
    return access;
  }

  /** The same, for who asks for something that belongs to the session; null instead of an error. */
  find(userId: string, sessionId: string): Promise<SessionAccess | null> {
    return isId(sessionId) ? this.sessions.access(userId, sessionId) : Promise.resolve(null);
  }

  /** @throws DomainError `sessions.role` for a member whose role is not enough. */
  demand({ role }: SessionAccess, right: SessionRole): void {
    if (rank(role) < rank(right)) throw notEnough(right);
  }

  /**
   * @throws DomainError `github.repository-not-found` for who may no longer read the session's repository,
   *   `sessions.repository-read-only` for who may not write to it; what GitHub's being away throws.
   */
  async demandGithub({ userId, repositoryId }: SessionAccess, right: 'read' | 'write'): Promise<void> {
    const access = await this.repositories.accessById(userId, repositoryId);
    if (right === 'write' && !access.canWrite) throw readOnlyRepository(access.fullName);
  }

  /** Everything that a handler needs, the role first. @throws what `demand` and `demandGithub` throw. */
  async admit(access: SessionAccess, { right, github = 'read' }: SessionNeed): Promise<void> {
    this.demand(access, right);
    if (github !== 'none') await this.demandGithub(access, github);
  }

  memberIds(sessionId: string): Promise<string[]> {
    return this.members.userIds(sessionId);
  }

  /**
   * In the transaction of what a member does in a session: it must be open, and stays in use. Last of all refusals, and true
   * until the commit.
   * @throws DomainError `sessions.archived`
   */
  async use(tx: EntityManager, sessionId: string): Promise<void> {
    await this.touch(tx, sessionId);
    if (await this.sessions.isArchived(tx, sessionId)) throw sessionArchived();
  }

  /** Keeps a session in use from expiring, and its members' lists in order. In the transaction of what was done. */
  async touch(tx: EntityManager, sessionId: string): Promise<void> {
    await this.sessions.touch(tx, sessionId, this.config.SESSION_TTL_DAYS);
  }
}

const rank = (role: SessionRole): number => SESSION_ROLES.indexOf(role);

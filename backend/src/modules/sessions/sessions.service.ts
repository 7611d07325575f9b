import { Injectable } from '@nestjs/common';
import { Outbox } from '../../platform/database/outbox.js';
import { Transactions } from '../../platform/database/transactions.js';
import { AuditLog } from '../audit/index.js';
import type { UpdateSessionDto } from './dto/session.dto.js';
import type { Session } from './entities/session.entity.js';
import { MembersRepository } from './repositories/members.repository.js';
import { SessionsRepository } from './repositories/sessions.repository.js';
import type { SessionAccess } from './session-access.service.js';
import { SessionStreams } from './session-streams.js';
import { SessionNotifier } from './session.notifier.js';

/** Changing and ending sessions. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly members: MembersRepository,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: SessionNotifier,
    private readonly streams: SessionStreams,
  ) {}

  async update({ id, title: before, owner, repo }: SessionAccess, wish: UpdateSessionDto): Promise<void> {
    const { title, archived } = wish;
    await this.transactions.run(async (tx) => {
      await this.sessions.update(tx, id, {
        ...(title === undefined ? {} : { title }),
        ...(archived === undefined ? {} : { archivedAt: archived ? new Date() : null }),
      });
      await this.audit.record(tx, {
        action: 'session.update',
        target: { type: 'session', id, name: title ?? before },
        result: 'ok',
        repository: `${owner}/${repo}`,
        details: { ...wish },
      });
    });
    await this.notifier.sessionChanged(id);
  }

  /** With everything that belongs to it here; issues and pull requests live on at GitHub. */
  async remove({ id, title, repositoryId, branch, owner, repo }: SessionAccess): Promise<void> {
    await this.end({ id, title, repositoryId, branch }, 'session.delete', `${owner}/${repo}`);
  }

  /** Ends a session that nobody has used for too long. */
  async expire(session: Session): Promise<void> {
    await this.end(session, 'session.expire');
  }

  private async end(
    { id, title, repositoryId, branch }: Pick<Session, 'id' | 'title' | 'repositoryId' | 'branch'>,
    action: string,
    repository?: string,
  ): Promise<void> {
    const memberIds = await this.members.userIds(id);
    await this.transactions.run(async (tx) => {
      await this.sessions.remove(tx, id);
      await this.outbox.add(tx, { topic: 'session.deleted', payload: { repositoryId, branch } });
      await this.audit.record(tx, {
        action,
        target: { type: 'session', id, name: title },
        result: 'ok',
        ...(repository === undefined ? {} : { repository }),
        details: { branch },
      });
    });
    await this.streams.membersChanged(id);
    await this.notifier.sessionChanged(id, memberIds);
  }
}

import { Injectable } from '@nestjs/common';
import { isUniqueViolation, Transactions } from '../../../platform/database/transactions.js';
import { type Page, sliceAt } from '../../../platform/http/pagination.js';
import { AuditLog } from '../../audit/index.js';
import { avatarUrlOf, type User, UsersService } from '../../auth/index.js';
import type { AddMemberDto, ListMembersQuery, MemberDto, UpdateMemberDto } from '../dto/member.dto.js';
import type { SessionMember, SessionRole } from '../entities/session-member.entity.js';
import { MembersRepository } from '../repositories/members.repository.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import type { SessionAccess } from '../session-access.service.js';
import { SessionNotifier } from '../session.notifier.js';
import { SessionStreams } from '../session-streams.js';
import { alreadyMember, memberNotFound, ownerStays, tooMany, userNotFound } from '../sessions.errors.js';

const MOST_MEMBERS = 100;

/** Who takes part in a session. What of its repository they may see there, GitHub says for each of them. */
@Injectable()
export class MembersService {
  constructor(
    private readonly members: MembersRepository,
    private readonly sessions: SessionsRepository,
    private readonly users: UsersService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: SessionNotifier,
    private readonly streams: SessionStreams,
  ) {}

  /** In the order in which they joined. */
  async list(sessionId: string, query: ListMembersQuery): Promise<Page<MemberDto>> {
    const members = await this.members.list(sessionId);
    const users = new Map((await this.users.byIds(members.map(({ userId }) => userId))).map((user) => [user.id, user]));
    const shown = members.flatMap((member) => {
      const user = users.get(member.userId);
      return user ? [memberOf(user, member.role)] : [];
    });
    return sliceAt(shown, query);
  }

  /** @throws DomainError `sessions.user`, `sessions.already-member`, `sessions.too-many`. */
  async add(session: SessionAccess, { userId, role }: AddMemberDto): Promise<MemberDto> {
    const user = await this.users.byId(userId);
    if (!user || user.disabledAt !== null) throw userNotFound();
    if ((await this.members.userIds(session.id)).length >= MOST_MEMBERS) throw tooMany('members', MOST_MEMBERS);
    try {
      await this.transactions.run(async (tx) => {
        await this.members.insert(tx, { sessionId: session.id, userId: user.id, role });
        await this.audit.record(tx, audited('session.share', session, user, role));
      });
    } catch (error) {
      throw isUniqueViolation(error) ? alreadyMember() : error;
    }
    await this.notifier.sessionChanged(session.id);
    return memberOf(user, role);
  }

  /** `owner` hands the session over. @throws DomainError `sessions.owner` for the owner's own role. */
  async setRole(session: SessionAccess, member: SessionMember, { role }: UpdateMemberDto): Promise<MemberDto> {
    const user = await this.users.byId(member.userId);
    if (!user) throw memberNotFound();
    if (member.role === 'owner' && role !== 'owner') throw ownerStays();
    if (member.role !== role) {
      await this.transactions.run(async (tx) => {
        if (role === 'owner') {
          await this.members.setRole(tx, session.id, session.userId, 'editor');
          await this.sessions.update(tx, session.id, { ownerId: user.id });
        }
        await this.members.setRole(tx, session.id, user.id, role);
        const action = role === 'owner' ? 'session.transfer' : 'session.share';
        await this.audit.record(tx, audited(action, session, user, role));
      });
      await this.streams.membersChanged(session.id);
      await this.notifier.sessionChanged(session.id);
    }
    return memberOf(user, role);
  }

  /** @throws DomainError `sessions.owner` for the owner. */
  async remove(session: SessionAccess, member: SessionMember): Promise<void> {
    if (member.role === 'owner') throw ownerStays();
    const user = await this.users.byId(member.userId);
    if (!user) throw memberNotFound();
    await this.transactions.run(async (tx) => {
      await this.members.remove(tx, session.id, user.id);
      await this.audit.record(tx, audited('session.unshare', session, user, member.role));
    });
    await this.streams.membersChanged(session.id);
    await this.notifier.sessionChanged(session.id, [user.id]);
  }
}

function memberOf(user: User, role: SessionRole): MemberDto {
  return { userId: user.id, login: user.login, name: user.name, avatarUrl: avatarUrlOf(user), role };
}

function audited(action: string, { id, title, owner, repo }: SessionAccess, user: User, role: SessionRole) {
  return {
    action,
    target: { type: 'session', id, name: title },
    result: 'ok' as const,
    repository: `${owner}/${repo}`,
    details: { userId: user.id, login: user.login, role },
  };
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { SessionMember, type SessionRole } from '../entities/session-member.entity.js';

@Injectable()
export class MembersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  find(sessionId: string, userId: string): Promise<SessionMember | null> {
    return this.dataSource.manager.findOneBy(SessionMember, { sessionId, userId });
  }

  async roleOf(sessionId: string, userId: string): Promise<SessionRole | null> {
    return (await this.find(sessionId, userId))?.role ?? null;
  }

  async userIds(sessionId: string): Promise<string[]> {
    const rows = await this.dataSource.manager.find(SessionMember, { where: { sessionId }, select: { userId: true } });
    return rows.map(({ userId }) => userId);
  }

  /** In the order in which they joined. */
  list(sessionId: string): Promise<SessionMember[]> {
    return this.dataSource.manager.find(SessionMember, {
      where: { sessionId },
      order: { createdAt: 'ASC', userId: 'ASC' },
    });
  }

  async insert(tx: EntityManager, member: Pick<SessionMember, 'sessionId' | 'userId' | 'role'>): Promise<void> {
    await tx.insert(SessionMember, member);
  }

  async setRole(tx: EntityManager, sessionId: string, userId: string, role: SessionRole): Promise<void> {
    await tx.update(SessionMember, { sessionId, userId }, { role });
  }

  async remove(tx: EntityManager, sessionId: string, userId: string): Promise<void> {
    await tx.delete(SessionMember, { sessionId, userId });
  }
}

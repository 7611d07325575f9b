import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../auth/index.js';
import { Session } from './session.entity.js';

export const SESSION_ROLES = ['viewer', 'editor', 'owner'] as const;
/** In rising order: each may do what the ones before may. */
export type SessionRole = (typeof SESSION_ROLES)[number];

/** Who takes part in a session; the owner, too. */
@Entity({ name: 'session_members' })
@Check('session_members_role_check', `role IN (${SESSION_ROLES.map((role) => `'${role}'`).join(', ')})`)
@Index('session_members_user_id', ['userId', 'lastActivityAt', 'sessionId'])
export class SessionMember {
  @PrimaryColumn('uuid', { name: 'session_id', primaryKeyConstraintName: 'session_members_pkey' })
  @ForeignKey(() => Session, 'id', { name: 'session_members_session_id_fkey', onDelete: 'CASCADE' })
  sessionId!: string;

  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'session_members_pkey' })
  @ForeignKey(() => User, 'id', { name: 'session_members_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  @Column('text')
  role!: SessionRole;

  /** The session's, kept here so that "my sessions by last activity" is one walk of one index. */
  @Column('timestamptz', { name: 'last_activity_at', default: () => 'now()' })
  lastActivityAt!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

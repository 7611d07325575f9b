import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../auth/index.js';
import { Repository } from '../../github/index.js';

/** A conversation on one branch of a repository. */
@Entity({ name: 'sessions' })
@Index('sessions_owner_id', ['ownerId', 'lastActivityAt'])
@Index('sessions_repository_id', ['repositoryId', 'branch'])
@Index('sessions_active_leaf_id', ['activeLeafId'])
@Index('sessions_expires_at', ['expiresAt'])
export class Session {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sessions_pkey' })
  id!: string;

  @Column('uuid', { name: 'owner_id' })
  @ForeignKey(() => User, 'id', { name: 'sessions_owner_id_fkey', onDelete: 'CASCADE' })
  ownerId!: string;

  @Column('uuid', { name: 'repository_id' })
  @ForeignKey(() => Repository, 'id', { name: 'sessions_repository_id_fkey', onDelete: 'CASCADE' })
  repositoryId!: string;

  @Column('text')
  branch!: string;

  @Column('text')
  title!: string;

  /** The message at which the conversation goes on. The message's entity goes by its name: it refers to this one. */
  @Column('uuid', { name: 'active_leaf_id', nullable: true })
  @ForeignKey('Message', 'id', { name: 'sessions_active_leaf_id_fkey', onDelete: 'SET NULL' })
  activeLeafId!: string | null;

  @Column('timestamptz', { name: 'archived_at', nullable: true })
  archivedAt!: Date | null;

  @Column('timestamptz', { name: 'last_activity_at', default: () => 'now()' })
  lastActivityAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../auth/index.js';
import { Repository } from './repository.entity.js';

export const PERMISSIONS = ['read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What GitHub said a user may do in a repository, believed for a few minutes. */
@Entity({ name: 'repository_permissions' })
@Index('repository_permissions_repository_id', ['repositoryId'])
export class RepositoryPermission {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'repository_permissions_pkey' })
  @ForeignKey(() => User, 'id', { name: 'repository_permissions_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  @PrimaryColumn('uuid', { name: 'repository_id', primaryKeyConstraintName: 'repository_permissions_pkey' })
  @ForeignKey(() => Repository, 'id', { name: 'repository_permissions_repository_id_fkey', onDelete: 'CASCADE' })
  repositoryId!: string;

  @Column('text')
  permission!: Permission;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}

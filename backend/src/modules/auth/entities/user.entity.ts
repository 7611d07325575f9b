import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '../../../platform/http/principal.js';

/** A person. GitHub's numeric id is the identity: a login can be renamed, and taken over by somebody else. */
@Entity({ name: 'users' })
@Index('users_github_id_key', ['githubId'], { unique: true })
@Index('users_login_trgm', { synchronize: false })
@Index('users_name_trgm', { synchronize: false })
export class User {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'users_pkey' })
  id!: string;

  /** PostgreSQL's bigint, hence a string. */
  @Column('bigint', { name: 'github_id' })
  githubId!: string;

  /** As it was at the last sign-in. */
  @Column('text')
  login!: string;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text', { name: 'avatar_url', nullable: true })
  avatarUrl!: string | null;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text')
  role!: Role;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'last_sign_in_at', default: () => 'now()' })
  lastSignInAt!: Date;
}

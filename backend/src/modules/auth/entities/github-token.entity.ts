import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from './user.entity.js';

/** What GitHub gave us to act for a user, sealed. No row: the user has to reconnect. */
@Entity({ name: 'github_tokens' })
@Index('github_tokens_user_id_key', ['userId'], { unique: true })
export class GithubToken {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'github_tokens_pkey' })
  id!: string;

  @Column('uuid', { name: 'user_id' })
  @ForeignKey(() => User, 'id', { name: 'github_tokens_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  /** Which key sealed it. */
  @Column('text', { name: 'key_id' })
  keyId!: string;

  @Column('text', { name: 'access_token' })
  accessToken!: string;

  /** Null when GitHub's app gives tokens that do not expire. */
  @Column('text', { name: 'refresh_token', nullable: true })
  refreshToken!: string | null;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { name: 'refresh_expires_at', nullable: true })
  refreshExpiresAt!: Date | null;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column('integer', { default: 0 })
  fence!: number;

  @Column('integer', { default: 0 })
  attempts!: number;
}

import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from './user.entity.js';

/** A browser that is signed in. Its cookie is 256 random bits, of which only the hash is kept. */
@Entity({ name: 'logins' })
@Index('logins_token_hash_key', ['tokenHash'], { unique: true })
@Index('logins_user_id', ['userId'])
@Index('logins_expires_at', ['expiresAt'])
export class Login {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'logins_pkey' })
  id!: string;

  @Column('uuid', { name: 'user_id' })
  @ForeignKey(() => User, 'id', { name: 'logins_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  @Column('text', { name: 'token_hash' })
  tokenHash!: string;

  @Column('text', { nullable: true })
  ip!: string | null;

  @Column('text', { name: 'user_agent', nullable: true })
  userAgent!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Brought up to date at most once a minute. */
  @Column('timestamptz', { name: 'last_used_at' })
  lastUsedAt!: Date;

  /** The end however much it is used. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}

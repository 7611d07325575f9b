import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * One act or refusal. Rows are only ever added: triggers refuse every change but that an entry is given its place in the chain
 * once. From then on `hash` seals its content and the row before it. No foreign keys: an entry outlives everybody and
 * everything it names.
 */
@Entity({ name: 'audit_entries' })
@Index('audit_entries_seq', ['seq'], { unique: true })
@Index('audit_entries_unsealed', { synchronize: false })
@Index('audit_entries_at', ['at', 'seq'])
@Index('audit_entries_target_name', ['targetName', 'seq'])
@Index('audit_entries_target_type', ['targetType', 'seq'])
@Index('audit_entries_unusual', { synchronize: false })
@Index('audit_entries_actor_id', ['actorId', 'seq'])
@Index('audit_entries_actor_login', { synchronize: false })
@Index('audit_entries_action', ['action', 'seq'])
@Index('audit_entries_target_id', ['targetId', 'seq'])
export class AuditEntry {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_entries_pkey' })
  id!: string;

  /** Gapless, from 1; null until the entry is in the chain. A string: PostgreSQL's bigint. */
  @Column('bigint', { nullable: true })
  seq!: string | null;

  /** Milliseconds, not PostgreSQL's microseconds: exactly what was sealed. */
  @Column('timestamp with time zone', { precision: 3 })
  at!: Date;

  @Column('text', { name: 'actor_type' })
  actorType!: ActorType;

  @Column('text', { name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Column('text', { name: 'actor_login', nullable: true })
  actorLogin!: string | null;

  @Column('text', { name: 'actor_role', nullable: true })
  actorRole!: string | null;

  @Column('text')
  action!: string;

  @Column('text', { name: 'target_type' })
  targetType!: string;

  @Column('text', { name: 'target_id', nullable: true })
  targetId!: string | null;

  @Column('text', { name: 'target_name', nullable: true })
  targetName!: string | null;

  @Column('text')
  result!: AuditResult;

  @Column('text', { nullable: true })
  reason!: string | null;

  /** `owner/name` */
  @Column('text', { nullable: true })
  repository!: string | null;

  @Column('text')
  via!: AuditVia;

  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column('text', { nullable: true })
  ip!: string | null;

  @Column('text', { name: 'user_agent', nullable: true })
  userAgent!: string | null;

  @Column('jsonb')
  details!: Record<string, unknown>;

  /** Empty until the entry is in the chain. */
  @Column('text', { name: 'prev_hash' })
  prevHash!: string;

  /** Until the entry is in the chain, the mark that it was written by the product. */
  @Column('text')
  hash!: string;
}

/** What an entry says, without its place in the chain. */
export type AuditContent = Omit<AuditEntry, 'seq' | 'prevHash' | 'hash'>;

/** An entry that is in the chain. */
export type SealedEntry = AuditEntry & { seq: string };

export const ACTOR_TYPES = ['user', 'anonymous', 'webhook', 'system'] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

export const AUDIT_RESULTS = ['ok', 'denied', 'error'] as const;
export type AuditResult = (typeof AUDIT_RESULTS)[number];

export const AUDIT_VIAS = ['cookie', 'token', 'webhook', 'job'] as const;
export type AuditVia = (typeof AUDIT_VIAS)[number];

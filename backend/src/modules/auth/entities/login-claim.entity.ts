import { Column, Entity, PrimaryColumn } from 'typeorm';

export type ClaimKind = 'sign-in' | 'admin' | 'auditor';

/**
 * Which GitHub id a login of the configuration (ALLOWED_LOGINS, ADMIN_LOGINS, AUDITOR_LOGINS) turned out to be. Settled by
 * the first sign-in under that login and never again: whoever takes the login over later gets nothing from it.
 */
@Entity({ name: 'login_claims' })
export class LoginClaim {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'login_claims_pkey' })
  kind!: ClaimKind;

  /** In lower case. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'login_claims_pkey' })
  login!: string;

  @Column('bigint', { name: 'github_id' })
  githubId!: string;

  @Column('timestamptz', { name: 'claimed_at', default: () => 'now()' })
  claimedAt!: Date;
}

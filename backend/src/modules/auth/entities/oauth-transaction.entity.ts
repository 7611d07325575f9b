import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A sign-in under way: between our redirect to GitHub and GitHub's back to us. Used once, gone after ten minutes. */
@Entity({ name: 'oauth_transactions' })
@Index('oauth_transactions_expires_at', ['expiresAt'])
export class OauthTransaction {
  @PrimaryColumn('text', { name: 'state_hash', primaryKeyConstraintName: 'oauth_transactions_pkey' })
  stateHash!: string;

  /** Hash of the cookie of the browser that began. */
  @Column('text', { name: 'browser_hash' })
  browserHash!: string;

  /** The PKCE code verifier, sealed. */
  @Column('text', { name: 'code_verifier' })
  codeVerifier!: string;

  /** Path to go to afterwards. */
  @Column('text', { name: 'return_to' })
  returnTo!: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}

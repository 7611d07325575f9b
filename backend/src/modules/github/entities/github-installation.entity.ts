import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account on which the GitHub App is installed, as its webhooks told. */
@Entity({ name: 'github_installations' })
export class GithubInstallation {
  @PrimaryColumn('bigint', { name: 'github_id', primaryKeyConstraintName: 'github_installations_pkey' })
  githubId!: string;

  @Column('text')
  account!: string;

  @Column('timestamptz', { name: 'suspended_at', nullable: true })
  suspendedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

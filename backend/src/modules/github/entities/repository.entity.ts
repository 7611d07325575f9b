import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A repository that somebody here has used, as GitHub last described it. */
@Entity({ name: 'repositories' })
@Index('repositories_github_id_key', ['githubId'], { unique: true })
@Index('repositories_full_name', { synchronize: false })
export class Repository {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'repositories_pkey' })
  id!: string;

  /** PostgreSQL's bigint, hence a string. It stays when the repository is renamed or moves to another owner. */
  @Column('bigint', { name: 'github_id' })
  githubId!: string;

  @Column('text')
  owner!: string;

  @Column('text')
  name!: string;

  @Column('boolean')
  private!: boolean;

  @Column('boolean')
  archived!: boolean;

  @Column('text', { name: 'default_branch' })
  defaultBranch!: string;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  /** When GitHub last told that somebody's right here has changed. */
  @Column('timestamptz', { name: 'rights_changed_at', nullable: true })
  rightsChangedAt!: Date | null;
}

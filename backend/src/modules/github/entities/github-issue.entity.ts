import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Repository } from './repository.entity.js';

/** An issue on GitHub as its latest webhook described it. */
@Entity({ name: 'github_issues' })
export class GithubIssue {
  @PrimaryColumn('uuid', { name: 'repository_id', primaryKeyConstraintName: 'github_issues_pkey' })
  @ForeignKey(() => Repository, 'id', { name: 'github_issues_repository_id_fkey', onDelete: 'CASCADE' })
  repositoryId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'github_issues_pkey' })
  number!: number;

  @Column('bigint', { name: 'github_id' })
  githubId!: string;

  @Column('text')
  title!: string;

  @Column('text')
  state!: string;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}

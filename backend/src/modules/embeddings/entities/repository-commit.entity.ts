import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Repository } from '../../github/index.js';

/** What a commit said. It is kept once, whatever branches have it. */
@Entity({ name: 'repository_commits' })
@Index('repository_commits_sha_key', ['repositoryId', 'sha'], { unique: true })
export class RepositoryCommit {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'repository_commits_pkey' })
  id!: string;

  @Column('uuid', { name: 'repository_id' })
  @ForeignKey(() => Repository, 'id', { name: 'repository_commits_repository_id_fkey', onDelete: 'CASCADE' })
  repositoryId!: string;

  @Column('text')
  sha!: string;

  @Column('timestamptz', { name: 'committed_at' })
  committedAt!: Date;

  /** How many it changed, tests left out, whether or not they are kept. */
  @Column('integer')
  files!: number;

  /** The word forms of its first line, as those of code are cut. */
  @Column('text', { array: true })
  words!: string[];
}

import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { RepositoryCommit } from './repository-commit.entity.js';

/** A file that a commit changed, under the name it had then and under those it was given later. */
@Entity({ name: 'commit_files' })
@Index('commit_files_path', ['path'])
export class CommitFile {
  @PrimaryColumn('uuid', { name: 'commit_id', primaryKeyConstraintName: 'commit_files_pkey' })
  @ForeignKey(() => RepositoryCommit, 'id', { name: 'commit_files_commit_id_fkey', onDelete: 'CASCADE' })
  commitId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'commit_files_pkey' })
  path!: string;

  /** The commit itself, or the one that gave the file this name later: where that is no history, the name is none. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'commit_files_pkey' })
  via!: string;
}

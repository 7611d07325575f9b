import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CASE_SOURCES, type CaseSource } from '../evaluation.types.js';
import { Evaluation } from './evaluation.entity.js';

/** A merged fix: what was asked for it, which files it changed, and what was found. */
@Entity({ name: 'evaluation_cases' })
@Check('evaluation_cases_source_check', `source IN (${CASE_SOURCES.map((source) => `'${source}'`).join(', ')})`)
export class EvaluationCase {
  @PrimaryColumn('uuid', { name: 'evaluation_id', primaryKeyConstraintName: 'evaluation_cases_pkey' })
  @ForeignKey(() => Evaluation, 'id', { name: 'evaluation_cases_evaluation_id_fkey', onDelete: 'CASCADE' })
  evaluationId!: string;

  /** The newest fix first, from 1. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'evaluation_cases_pkey' })
  position!: number;

  @Column('text')
  source!: CaseSource;

  /** The issue's. */
  @Column('integer', { nullable: true })
  number!: number | null;

  @Column('text')
  title!: string;

  /** What is asked; null once it was: the issue stays on GitHub, and the message in the repository. */
  @Column('text', { nullable: true })
  question!: string | null;

  /** The fix, the newest where there are several. */
  @Column('text', { name: 'commit_sha' })
  commitSha!: string;

  @Column('timestamptz', { name: 'fixed_at' })
  fixedAt!: Date;

  /** The files to find. */
  @Column('text', { array: true })
  gold!: string[];

  /** What was found, best first; null until it is asked. */
  @Column('text', { array: true, nullable: true })
  files!: string[] | null;
}

import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { TestComparison } from '../solve.types.js';
import { Solve } from './solve.entity.js';

/** One attempt within a solve and what came of it. */
@Entity({ name: 'solve_candidates' })
export class SolveCandidate {
  @PrimaryColumn('uuid', { name: 'solve_id', primaryKeyConstraintName: 'solve_candidates_pkey' })
  solveId!: string;

  @ManyToOne(() => Solve, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'solve_id', foreignKeyConstraintName: 'solve_candidates_solve_id_fkey' })
  solve?: Relation<Solve>;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'solve_candidates_pkey' })
  n!: number;

  /** The agent's own words on what it did. */
  @Column('text', { nullable: true })
  summary!: string | null;

  /** Unified diff against the base commit, binary files included. */
  @Column('text', { nullable: true })
  patch!: string | null;

  @Column('integer', { default: 0 })
  files!: number;

  @Column('integer', { default: 0 })
  insertions!: number;

  @Column('integer', { default: 0 })
  deletions!: number;

  @Column('jsonb', { nullable: true })
  tests!: TestComparison | null;
}

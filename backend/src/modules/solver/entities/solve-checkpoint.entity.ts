import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { AgentMessage, TestRun } from '../solve.types.js';
import { Solve } from './solve.entity.js';

/** Where a candidate stands after its latest step: enough for another worker to go on from there. */
@Entity({ name: 'solve_checkpoints' })
export class SolveCheckpoint {
  @PrimaryColumn('uuid', { name: 'solve_id', primaryKeyConstraintName: 'solve_checkpoints_pkey' })
  solveId!: string;

  @ManyToOne(() => Solve, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'solve_id', foreignKeyConstraintName: 'solve_checkpoints_solve_id_fkey' })
  solve?: Relation<Solve>;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'solve_checkpoints_pkey' })
  candidate!: number;

  @Column('integer')
  step!: number;

  @Column('jsonb')
  messages!: AgentMessage[];

  /** The work tree's changes, as a diff against the base commit. */
  @Column('text')
  patch!: string;

  @Column('jsonb', { name: 'tests_before', nullable: true })
  testsBefore!: TestRun | null;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

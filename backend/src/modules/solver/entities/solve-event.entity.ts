import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { SolveEventType } from '../solve.types.js';
import { Solve } from './solve.entity.js';

/** What happened in a solve, numbered from 1 without gaps; only ever appended. */
@Entity({ name: 'solve_events' })
export class SolveEvent {
  @PrimaryColumn('uuid', { name: 'solve_id', primaryKeyConstraintName: 'solve_events_pkey' })
  solveId!: string;

  @ManyToOne(() => Solve, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'solve_id', foreignKeyConstraintName: 'solve_events_solve_id_fkey' })
  solve?: Relation<Solve>;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'solve_events_pkey' })
  seq!: number;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  @Column('integer', { default: 1 })
  candidate!: number;

  @Column('text')
  type!: SolveEventType;

  @Column('jsonb')
  data!: Record<string, unknown>;
}

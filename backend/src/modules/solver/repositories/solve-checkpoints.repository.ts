import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { storableJson } from '../../../platform/database/storable.js';
import { SolveCheckpoint } from '../entities/solve-checkpoint.entity.js';

@Injectable()
export class SolveCheckpointsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  latest(solveId: string, candidate: number): Promise<SolveCheckpoint | null> {
    return this.dataSource.manager.findOneBy(SolveCheckpoint, { solveId, candidate });
  }

  /** Replaces the candidate's checkpoint. */
  async save(tx: EntityManager, checkpoint: Omit<SolveCheckpoint, 'updatedAt' | 'solve'>): Promise<void> {
    await tx.query(
      `INSERT INTO solve_checkpoints (solve_id, candidate, step, messages, patch, tests_before)
       VALUES ($1, $2, $3, $4::jsonb, $5, $6::jsonb)
       ON CONFLICT (solve_id, candidate) DO UPDATE
          SET step = excluded.step, messages = excluded.messages, patch = excluded.patch,
              tests_before = excluded.tests_before, updated_at = now()`,
      [
        checkpoint.solveId,
        checkpoint.candidate,
        checkpoint.step,
        storableJson(checkpoint.messages),
        checkpoint.patch,
        checkpoint.testsBefore === null ? null : storableJson(checkpoint.testsBefore),
      ],
    );
  }
}

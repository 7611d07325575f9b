import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, MoreThan } from 'typeorm';
import { storableJson } from '../../../platform/database/storable.js';
import { SolveEvent } from '../entities/solve-event.entity.js';
import type { SolveEventType } from '../solve.types.js';

export interface NewSolveEvent {
  readonly type: SolveEventType;
  readonly data: Record<string, unknown>;
}

@Injectable()
export class SolveEventsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Appends events in their order. The solve's row is locked first, so numbers have no gap and no double. */
  async append(tx: EntityManager, solveId: string, events: readonly NewSolveEvent[]): Promise<void> {
    await tx.query('SELECT 1 FROM solves WHERE id = $1 FOR NO KEY UPDATE', [solveId]);
    await tx.query(
      `INSERT INTO solve_events (solve_id, seq, type, data)
       SELECT $1, (SELECT coalesce(max(seq), 0) FROM solve_events WHERE solve_id = $1) + ordinal, event->>'type', event->'data'
         FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS list (event, ordinal)`,
      [solveId, storableJson(events)],
    );
  }

  /** Events after `seq`, oldest first. */
  after(solveId: string, seq: number, limit: number): Promise<SolveEvent[]> {
    return this.dataSource.manager.find(SolveEvent, {
      where: { solveId, seq: MoreThan(seq) },
      order: { seq: 'ASC' },
      take: limit,
    });
  }
}

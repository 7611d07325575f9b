import { Injectable } from '@nestjs/common';
import { type Lease, Leases } from '../../../platform/database/lease.js';
import { Transactions } from '../../../platform/database/transactions.js';
import type { Solve } from '../entities/solve.entity.js';
import { SolveCheckpointsRepository } from '../repositories/solve-checkpoints.repository.js';
import { SolveEventsRepository } from '../repositories/solve-events.repository.js';
import { SolvesRepository } from '../repositories/solves.repository.js';
import { SolveNotifier } from '../solve.notifier.js';
import { SolveProgress } from './solve-progress.js';
import { SolveRecorder } from './solve-recorder.js';

/** Makes what a running solve writes through. */
@Injectable()
export class SolveProgressFactory {
  constructor(
    private readonly transactions: Transactions,
    private readonly leases: Leases,
    private readonly solves: SolvesRepository,
    private readonly checkpoints: SolveCheckpointsRepository,
    private readonly events: SolveEventsRepository,
    private readonly notifier: SolveNotifier,
  ) {}

  of(solve: Solve, lease: Lease): SolveProgress {
    const { transactions, leases, solves, checkpoints, events, notifier } = this;
    const recorder = new SolveRecorder({ lease, leases, transactions, events, notifier });
    return new SolveProgress({ solve, lease, solves, checkpoints, recorder, notifier });
  }
}

import type { EntityManager } from 'typeorm';
import type { Lease } from '../../../platform/database/lease.js';
import { storableText } from '../../../platform/database/storable.js';
import type { Solve } from '../entities/solve.entity.js';
import type { SolveCheckpoint } from '../entities/solve-checkpoint.entity.js';
import type { SolveCheckpointsRepository } from '../repositories/solve-checkpoints.repository.js';
import type { SolvesRepository, Spending } from '../repositories/solves.repository.js';
import type { SolveNotifier } from '../solve.notifier.js';
import type { AgentMessage, SolveStatus, TestComparison, TestRun } from '../solve.types.js';
import type { Diff } from './diff.js';
import type { SolveRecorder } from './solve-recorder.js';

/** The only candidate there is so far. */
const CANDIDATE = 1;

export interface ProgressParts {
  readonly solve: Solve;
  readonly lease: Lease;
  readonly solves: SolvesRepository;
  readonly checkpoints: SolveCheckpointsRepository;
  readonly recorder: SolveRecorder;
  readonly notifier: SolveNotifier;
}

/** Where the agent stands after a step. */
export interface Standing {
  readonly step: number;
  readonly messages: readonly AgentMessage[];
  readonly testsBefore: TestRun | null;
  readonly diff: Diff;
  readonly spent: Spending;
}

/** Stores what a running solve comes to: each change with the event that tells of it, and only while the lease is held. */
export class SolveProgress {
  private storedPatch: string | undefined;

  constructor(private readonly parts: ProgressParts) {}

  get recorder(): SolveRecorder {
    return this.parts.recorder;
  }

  /** Where an earlier worker has come to. */
  async checkpoint(): Promise<SolveCheckpoint | null> {
    const checkpoint = await this.parts.checkpoints.latest(this.parts.lease.id, CANDIDATE);
    this.storedPatch = checkpoint?.patch;
    return checkpoint;
  }

  /** Enters a state; `baseCommit` is the commit that the work stands on, once it is known. */
  async enter(status: SolveStatus, known: { baseCommit?: string } = {}): Promise<void> {
    const { lease, solve, solves, notifier, recorder } = this.parts;
    await recorder.event({ type: 'status', data: { status } }, (tx) => solves.advance(tx, lease, { status, ...known }));
    await notifier.stateChanged({ id: lease.id, sessionId: solve.sessionId, status });
  }

  /** The suite on the untouched tree. */
  async testedBefore(run: TestRun): Promise<void> {
    await this.recorder.event({ type: 'test', data: { phase: 'before', ...run } });
  }

  async saveCheckpoint({ step, messages, testsBefore, diff, spent }: Standing): Promise<void> {
    const { lease, checkpoints, recorder, solves } = this.parts;
    await this.saveDiff(diff);
    await recorder.event({ type: 'checkpoint', data: { step } }, async (tx) => {
      // A step that was stored shows that the solve comes forward: what workers gave up on before counts no more.
      await solves.advance(tx, lease, { attempts: 1 });
      await this.book(tx, spent);
      const state = { step, messages: [...messages], patch: diff.patch, testsBefore };
      await checkpoints.save(tx, { solveId: lease.id, candidate: CANDIDATE, ...state });
    });
  }

  /** What was used up without a checkpoint. */
  async spend(spent: Spending): Promise<void> {
    await this.recorder.store((tx) => this.book(tx, spent));
  }

  private async book(tx: EntityManager, spent: Spending): Promise<void> {
    await this.parts.solves.spend(tx, this.parts.lease, spent);
  }

  /** The diff so far, when it is another one than before. */
  async saveDiff({ patch, files, insertions, deletions }: Diff): Promise<void> {
    if (patch === (this.storedPatch ?? '')) return;
    const { lease, solves, recorder } = this.parts;
    const stat = { files, insertions, deletions };
    await recorder.event({ type: 'diff', data: stat }, (tx) =>
      solves.saveCandidate(tx, lease.id, CANDIDATE, { patch, ...stat }),
    );
    this.storedPatch = patch;
  }

  /** The agent's own words on what it did. */
  async saveSummary(summary: string): Promise<void> {
    const { lease, solves, recorder } = this.parts;
    await recorder.store((tx) => solves.saveCandidate(tx, lease.id, CANDIDATE, { summary: storableText(summary) }));
  }

  async saveTests(tests: TestComparison): Promise<void> {
    const { lease, solves, recorder } = this.parts;
    const { after, fixed, regressed } = tests;
    await recorder.event({ type: 'test', data: { phase: 'after', ...after, fixed, regressed } }, (tx) =>
      solves.saveCandidate(tx, lease.id, CANDIDATE, { tests }),
    );
  }
}

import type { Lease } from '../../../platform/database/lease.js';
import type { Evaluation } from '../entities/evaluation.entity.js';
import type { EvaluationRecorder } from './evaluation-recorder.js';

/** What each step is of the whole, from and to. The rest is the recording of the end. */
const STEPS = { choosing: [0, 0.1], reading: [0.1, 0.8], asking: [0.8, 0.99] } as const;
export type Step = keyof typeof STEPS;

/** Stores and tells how far a run is. The numbers never fall, also when a run goes on where another was cut short. */
export class EvaluationProgress {
  private progress: number;

  constructor(
    private readonly lease: Lease,
    private readonly evaluation: Evaluation,
    private readonly recorder: EvaluationRecorder,
  ) {
    this.progress = evaluation.progress;
  }

  /** `share` of the step is done. @throws LeaseLostError */
  async at(step: Step, share: number, etaSeconds: number | null = null): Promise<void> {
    const [from, to] = STEPS[step];
    this.progress = Math.max(this.progress, from + (to - from) * share);
    await this.recorder.progressed(this.lease, this.evaluation, { progress: this.progress, etaSeconds });
  }
}

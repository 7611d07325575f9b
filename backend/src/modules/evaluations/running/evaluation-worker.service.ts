import { Injectable, Logger } from '@nestjs/common';
import { type Lease, LeaseLostError, Leases } from '../../../platform/database/lease.js';
import { isOutage } from '../../../platform/database/outage.js';
import { DomainError, isTransient } from '../../../platform/errors/domain-error.js';
import type { Evaluation } from '../entities/evaluation.entity.js';
import { gaveUp, requesterGone } from '../evaluations.errors.js';
import { EvaluationsRepository } from '../repositories/evaluations.repository.js';
import { EvaluationRecorder } from './evaluation-recorder.js';
import { EvaluationRequester } from './evaluation-requester.js';
import { EvaluationRun } from './evaluation-run.js';

const LEASE_SECONDS = 20;
/** After so many, what has passed before does not pass by itself. */
const MOST_FAILURES = 5;
/** Claims without an end: something about the repository kills the worker. */
const MOST_CLAIMS = 20;
const UNKNOWN = {
  code: 'internal',
  detail: 'Something went wrong on the server while the branch was evaluated. Start the evaluation again.',
};

/** Works at the evaluations that wait, each under its row's lease. */
@Injectable()
export class EvaluationWorker {
  private readonly logger = new Logger(EvaluationWorker.name);

  constructor(
    private readonly leases: Leases,
    private readonly evaluations: EvaluationsRepository,
    private readonly requesters: EvaluationRequester,
    private readonly run: EvaluationRun,
    private readonly recorder: EvaluationRecorder,
  ) {}

  async take(id: string): Promise<void> {
    await this.leases.hold('evaluations', id, { seconds: LEASE_SECONDS }, async (lease, signal) => {
      const evaluation = await this.evaluations.byId(id);
      const waits = evaluation?.status === 'queued' || evaluation?.status === 'running';
      if (!evaluation || !waits || evaluation.runAfter.getTime() > Date.now()) return;
      try {
        await this.work(lease, evaluation, signal);
      } catch (error) {
        if (error instanceof LeaseLostError || signal.aborted) return;
        await this.settle(lease, evaluation, error);
      }
    });
  }

  private async work(lease: Lease, evaluation: Evaluation, signal: AbortSignal): Promise<void> {
    const userId = await this.requesters.assume(evaluation.requestedBy);
    if (userId === null) throw requesterGone();
    if (evaluation.attempts > MOST_CLAIMS) throw gaveUp();
    await this.recorder.begun(lease, evaluation);
    await this.run.run(lease, evaluation, userId, signal);
  }

  private async settle(lease: Lease, evaluation: Evaluation, error: unknown): Promise<void> {
    // Its session may have been deleted in the meantime.
    if (!(await this.evaluations.byId(evaluation.id))) return;
    if ((isTransient(error) || isOutage(error)) && evaluation.attempts < MOST_FAILURES) {
      const wait = (error instanceof DomainError ? error.retryAfterSeconds : undefined) ?? 2 ** evaluation.attempts;
      await this.recorder.postponed(lease, new Date(Date.now() + wait * 1_000));
      return;
    }
    const isKnown = error instanceof DomainError;
    if (!isKnown) this.logger.error({ message: 'evaluating failed', evaluationId: evaluation.id, error });
    await this.recorder.failed(lease, evaluation, isKnown ? { code: error.code, detail: error.detail } : UNKNOWN);
  }
}

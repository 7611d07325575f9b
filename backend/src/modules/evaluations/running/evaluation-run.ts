import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Lease } from '../../../platform/database/lease.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { PinnedSnapshots } from '../../embeddings/index.js';
import { CaseFinder } from '../cases/case-finder.js';
import type { Evaluation } from '../entities/evaluation.entity.js';
import { snapshotGone } from '../evaluations.errors.js';
import { EvaluationsRepository } from '../repositories/evaluations.repository.js';
import { EvaluationProgress } from './evaluation-progress.js';
import { EvaluationRecorder } from './evaluation-recorder.js';
import { scoresOf } from './scores.js';

/** As many as bench:retrieval has predicted. */
const FILES = 50;
const LOOK_MS = 500;

/** One evaluation: what is measured is chosen, the commit before it read, each fix asked for. It goes on where it was cut short. */
@Injectable()
export class EvaluationRun {
  constructor(
    private readonly evaluations: EvaluationsRepository,
    private readonly finder: CaseFinder,
    private readonly pinned: PinnedSnapshots,
    private readonly recorder: EvaluationRecorder,
  ) {}

  async run(lease: Lease, evaluation: Evaluation, userId: string, signal: AbortSignal): Promise<void> {
    const progress = new EvaluationProgress(lease, evaluation, this.recorder);
    const snapshotId = evaluation.snapshotId ?? (await this.prepare(lease, evaluation, userId, progress, signal));
    await this.read(snapshotId, progress, signal);
    await this.ask(lease, snapshotId, progress, signal);
    await this.recorder.finished(lease, evaluation, scoresOf(await this.evaluations.cases(evaluation.id)));
  }

  private async prepare(
    lease: Lease,
    evaluation: Evaluation,
    userId: string,
    progress: EvaluationProgress,
    signal: AbortSignal,
  ): Promise<string> {
    const found = await this.finder.find(evaluation, userId, signal, (share) => progress.at('choosing', share));
    return this.recorder.prepared(lease, evaluation, userId, found);
  }

  /** Has the commit indexed, and waits for it. */
  private async read(snapshotId: string, progress: EvaluationProgress, signal: AbortSignal): Promise<void> {
    await this.pinned.wake(snapshotId);
    for (;;) {
      signal.throwIfAborted();
      const state = await this.pinned.state(snapshotId);
      if (!state) throw snapshotGone();
      if (state.status === 'failed') {
        throw new DomainError('conflict', state.errorCode ?? 'internal', state.errorDetail ?? '');
      }
      await progress.at('reading', state.status === 'ready' ? 1 : state.progress, state.etaSeconds);
      if (state.status === 'ready') return;
      await delay(LOOK_MS, undefined, { signal });
    }
  }

  private async ask(
    lease: Lease,
    snapshotId: string,
    progress: EvaluationProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const cases = await this.evaluations.cases(lease.id);
    const open = cases.filter(({ files }) => files === null);
    const begun = Date.now();
    let done = cases.length - open.length;
    for (const [at, { position, question }] of open.entries()) {
      signal.throwIfAborted();
      const files = await this.pinned.files(snapshotId, { query: question ?? '', limit: FILES });
      if (!files) throw snapshotGone();
      await this.recorder.answered(lease, position, files, ++done);
      const secondsEach = (Date.now() - begun) / 1_000 / (at + 1);
      await progress.at('asking', done / cases.length, Math.ceil(secondsEach * (cases.length - done)));
    }
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Lease, LeaseLostError } from '../../../platform/database/lease.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { type AuditInput, AuditLog } from '../../audit/index.js';
import { PinnedSnapshots } from '../../embeddings/index.js';
import { RepositoriesService } from '../../github/index.js';
import type { FoundCases } from '../cases/case-finder.js';
import type { Evaluation } from '../entities/evaluation.entity.js';
import type { Scores } from '../evaluation.types.js';
import { EvaluationNotifier } from '../evaluation.notifier.js';
import { EvaluationsRepository } from '../repositories/evaluations.repository.js';

export interface EvaluationProblem {
  readonly code: string;
  readonly detail: string;
}

/** Where a run is. */
export type Standing = Partial<Pick<Evaluation, 'progress' | 'etaSeconds' | 'status' | 'startedAt'>>;

/** Stores and tells what becomes of an evaluation, under its lease. @throws LeaseLostError when another worker has gone on. */
@Injectable()
export class EvaluationRecorder {
  constructor(
    private readonly evaluations: EvaluationsRepository,
    private readonly pinned: PinnedSnapshots,
    private readonly repositories: RepositoriesService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: EvaluationNotifier,
  ) {}

  async begun(lease: Lease, evaluation: Evaluation): Promise<void> {
    const change = { status: 'running', startedAt: evaluation.startedAt ?? new Date() } as const;
    await this.advance(lease, change);
    await this.notifier.changed({ ...evaluation, ...change });
  }

  async progressed(lease: Lease, evaluation: Evaluation, standing: Standing): Promise<void> {
    await this.advance(lease, standing);
    await this.notifier.progressed({ ...evaluation, status: 'running', ...standing });
  }

  /** What is measured, and the commit at which it is. @returns the snapshot's id; wake it up. */
  prepared(lease: Lease, evaluation: Evaluation, userId: string, { cases, snapshot }: FoundCases): Promise<string> {
    const { id, repositoryId, branch } = evaluation;
    return this.transactions.run(async (tx) => {
      const snapshotId = await this.pinned.pin(tx, { repositoryId, branch, commit: snapshot, requestedBy: userId });
      const change = { snapshotId, snapshotSha: snapshot, casesTotal: cases.length, casesDone: 0 };
      await this.advance(lease, change, tx);
      await this.evaluations.replaceCases(tx, id, cases);
      return snapshotId;
    });
  }

  async answered(lease: Lease, position: number, files: readonly string[], casesDone: number): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.advance(lease, { casesDone }, tx);
      await this.evaluations.answer(tx, lease.id, position, files);
    });
  }

  async finished(lease: Lease, evaluation: Evaluation, scores: Scores): Promise<void> {
    const entry = await this.entryOf(evaluation, { ...scores.all });
    await this.transactions.run(async (tx) => {
      await this.end(tx, lease, { status: 'done', progress: 1, etaSeconds: 0, scores });
      await this.audit.record(tx, { ...entry, result: 'ok' });
    });
    await this.notifier.changed({ ...evaluation, status: 'done', progress: 1 });
  }

  /** It is not tried again by itself. */
  async failed(lease: Lease, evaluation: Evaluation, { code, detail }: EvaluationProblem): Promise<void> {
    const entry = await this.entryOf(evaluation, {});
    await this.transactions.run(async (tx) => {
      await this.end(tx, lease, { status: 'failed', etaSeconds: null, errorCode: code, errorDetail: detail });
      await this.evaluations.forgetQuestions(tx, lease.id);
      await this.audit.record(tx, { ...entry, result: 'error', reason: code });
    });
    await this.notifier.changed({ ...evaluation, status: 'failed' });
  }

  /** It waits for another try. */
  async postponed(lease: Lease, runAfter: Date): Promise<void> {
    await this.advance(lease, { status: 'queued', etaSeconds: null, runAfter });
  }

  /** What was read for it is needed no longer. */
  private async end(tx: EntityManager, lease: Lease, change: Partial<Evaluation>): Promise<void> {
    await this.advance(lease, { ...change, finishedAt: new Date() }, tx);
    const snapshotId = await this.evaluations.snapshotOf(tx, lease.id);
    if (snapshotId !== null) await this.pinned.drop(tx, snapshotId);
  }

  private async advance(lease: Lease, change: Partial<Evaluation>, tx?: EntityManager): Promise<void> {
    if (!(await this.evaluations.advance(lease, change, tx))) throw new LeaseLostError(lease);
  }

  private async entryOf(
    { id, sessionId, repositoryId, branch }: Evaluation,
    numbers: Record<string, number>,
  ): Promise<Omit<AuditInput, 'result'>> {
    const name = (await this.repositories.names([repositoryId])).get(repositoryId);
    return {
      action: 'evaluation.finish',
      target: { type: 'evaluation', id, name: branch },
      ...(name ? { repository: `${name.owner}/${name.name}` } : {}),
      details: { sessionId, branch, ...numbers },
    };
  }
}

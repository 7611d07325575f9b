import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Lease, LeaseLostError, Leases } from '../../../platform/database/lease.js';
import { Outbox } from '../../../platform/database/outbox.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { type AuditInput, AuditLog } from '../../audit/index.js';
import { RepositoriesService } from '../../github/index.js';
import { requesterGone } from '../embeddings.errors.js';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import { SnapshotFilesRepository } from '../repositories/snapshot-files.repository.js';
import { SnapshotsRepository } from '../repositories/snapshots.repository.js';

export interface IndexProblem {
  readonly code: string;
  readonly detail: string;
}

/** Stores how a run has ended, whole or not at all. @throws LeaseLostError when another worker has gone on. */
@Injectable()
export class IndexRecorder {
  constructor(
    private readonly leases: Leases,
    private readonly snapshots: SnapshotsRepository,
    private readonly files: SnapshotFilesRepository,
    private readonly repositories: RepositoriesService,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  /** The commit is searched from here on, and those before it go; one that is pinned leaves the branch as it is. */
  async finished(lease: Lease, snapshot: IndexSnapshot): Promise<void> {
    const counts = await this.files.counts(snapshot.id);
    const numbers = { ...counts, filesTotal: counts.filesIndexed + counts.filesSkipped };
    const entry = await this.entryOf(snapshot, { ...numbers });
    await this.transactions.run(async (tx) => {
      await this.leases.assertHeld(tx, lease);
      const end = { status: 'ready', progress: 1, etaSeconds: 0, finishedAt: new Date() } as const;
      await this.store(tx, lease, snapshot, { ...numbers, ...end, errorCode: null, errorDetail: null });
      if (snapshot.pinnedUntil === null) await this.snapshots.dropOlder(tx, snapshot);
      await this.audit.record(tx, { ...entry, result: 'ok' });
    });
  }

  /** It is not tried again by itself. What was searched before is still searched. */
  async failed(lease: Lease, snapshot: IndexSnapshot, { code, detail }: IndexProblem): Promise<void> {
    const entry = await this.entryOf(snapshot, {});
    await this.transactions.run(async (tx) => {
      const end = { status: 'failed', progress: 0, etaSeconds: null, finishedAt: new Date() } as const;
      await this.store(tx, lease, snapshot, { ...end, errorCode: code, errorDetail: detail });
      await this.audit.record(tx, { ...entry, result: 'error', reason: code });
    });
  }

  /** The branch's head takes its place. @returns the head's snapshot. */
  async moved(lease: Lease, snapshot: IndexSnapshot, head: string): Promise<string> {
    const { repositoryId, branch } = snapshot;
    const entry = await this.entryOf(snapshot, {});
    return this.transactions.run(async (tx) => {
      await this.leases.assertHeld(tx, lease);
      // Others may have asked since this one was begun.
      const { latest } = await this.snapshots.ofBranch(snapshot, tx);
      const requestedBy = latest?.requestedBy ?? snapshot.requestedBy;
      if (requestedBy === null) throw requesterGone();
      const wish = { repositoryId, branch, commit: head, requestedBy };
      const { snapshotId } = await this.snapshots.request(tx, wish);
      await this.snapshots.drop(tx, snapshot.id);
      const details = { ...entry.details, head, snapshotId };
      await this.audit.record(tx, { ...entry, action: 'index.move', details, result: 'ok' });
      return snapshotId;
    });
  }

  /** It waits for another try. */
  async postponed(lease: Lease, runAfter: Date): Promise<void> {
    const change = { status: 'queued', etaSeconds: null, runAfter } as const;
    if (!(await this.snapshots.advance(lease, change))) throw new LeaseLostError(lease);
  }

  private async store(
    tx: EntityManager,
    lease: Lease,
    { repositoryId, branch, pinnedUntil }: IndexSnapshot,
    change: Partial<IndexSnapshot> & Pick<IndexSnapshot, 'status'>,
  ): Promise<void> {
    if (!(await this.snapshots.advance(lease, change, tx))) throw new LeaseLostError(lease);
    if (pinnedUntil !== null) return;
    const payload = { repositoryId, branch, status: change.status };
    await this.outbox.add(tx, { topic: 'index.changed', payload });
  }

  private async entryOf(
    { id, repositoryId, branch, commitSha: commit, pinnedUntil }: IndexSnapshot,
    numbers: Record<string, number>,
  ): Promise<Omit<AuditInput, 'result'>> {
    const name = (await this.repositories.names([repositoryId])).get(repositoryId);
    return {
      action: 'index.finish',
      target: { type: 'index', id, name: branch },
      ...(name ? { repository: `${name.owner}/${name.name}` } : {}),
      details: { branch, commit, ...(pinnedUntil === null ? {} : { pinned: true }), ...numbers },
    };
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import type { Lease } from '../../../platform/database/lease.js';
import { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import { Models } from '../model/models.js';
import type { BranchSnapshots } from '../indexing/index-state.js';

export interface BranchRef {
  readonly repositoryId: string;
  readonly branch: string;
}

export interface SnapshotWish extends BranchRef {
  readonly commit: string;
  /** User with whose right the branch is fetched; null: nobody's, and only what is at hand can be read. */
  readonly requestedBy: string | null;
}

export const branchKey = ({ repositoryId, branch }: BranchRef): string => `${repositoryId}:${branch}`;

/** Those that are on their way to serve the sessions of their branch, or do. */
const OF_BRANCH = { pinnedUntil: IsNull() };
const NEWEST_FIRST = { requestedAt: 'DESC', id: 'DESC' } as const;

/** The indexed commits of branches, each row its own job. */
@Injectable()
export class SnapshotsRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly models: Models,
  ) {}

  byId(id: string): Promise<IndexSnapshot | null> {
    return this.dataSource.manager.findOneBy(IndexSnapshot, { id });
  }

  /**
   * A snapshot that is to be read now; null when it is not. Where it was asked for, or begun, by another recipe than the current
   * one, it is put under that, and goes where its commit has a snapshot there.
   */
  async toRead(id: string): Promise<IndexSnapshot | null> {
    const snapshot = await this.byId(id);
    const waits = snapshot?.status === 'queued' || snapshot?.status === 'running';
    if (!snapshot || !waits || snapshot.runAfter.getTime() > Date.now()) return null;
    if (snapshot.recipe === this.models.recipe) return snapshot;
    await this.dataSource.transaction((tx) => this.putUnderCurrentRecipe(tx, snapshot));
    return this.byId(id);
  }

  async ofBranch(
    { repositoryId, branch }: BranchRef,
    tx: EntityManager = this.dataSource.manager,
  ): Promise<BranchSnapshots> {
    const where = { repositoryId, branch, ...OF_BRANCH };
    return pick(await tx.find(IndexSnapshot, { where, order: NEWEST_FIRST }));
  }

  /** By `branchKey`; branches without any are left out. */
  async ofBranches(at: readonly BranchRef[]): Promise<Map<string, BranchSnapshots>> {
    if (at.length === 0) return new Map();
    const rows = await this.dataSource.manager
      .createQueryBuilder(IndexSnapshot, 's')
      .where('(s.repository_id, s.branch) IN (SELECT * FROM unnest(:repositories::uuid[], :branches::text[]))', {
        repositories: at.map(({ repositoryId }) => repositoryId),
        branches: at.map(({ branch }) => branch),
      })
      .andWhere('s.pinned_until IS NULL')
      .orderBy({ 's.requestedAt': 'DESC', 's.id': 'DESC' })
      .getMany();
    const byBranch = Map.groupBy(rows, branchKey);
    return new Map([...byBranch].map(([key, snapshots]) => [key, pick(snapshots)]));
  }

  /**
   * Makes the commit's snapshot by the current recipe, or begins a failed one again; of one that is ready or on its way only
   * this changes: with the right of whoever asks is fetched what comes next.
   */
  async request(
    tx: EntityManager,
    { repositoryId, branch, commit, requestedBy }: SnapshotWish,
  ): Promise<{ snapshotId: string; isNew: boolean }> {
    const inserted = await tx.query<{ id: string }[]>(
      `INSERT INTO index_snapshots (id, repository_id, branch, commit_sha, recipe, requested_by, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())
       ON CONFLICT (repository_id, branch, commit_sha, recipe) WHERE pinned_until IS NULL DO NOTHING RETURNING id`,
      [newId(), repositoryId, branch, commit, this.models.recipe, requestedBy],
    );
    const made = inserted[0]?.id;
    if (made !== undefined) return { snapshotId: made, isNew: true };
    const row = await tx.findOneOrFail(IndexSnapshot, {
      where: { repositoryId, branch, commitSha: commit, recipe: this.models.recipe, ...OF_BRANCH },
      lock: { mode: 'pessimistic_write' },
    });
    const again = row.status === 'failed';
    const afresh = { status: 'queued', attempts: 0, runAfter: new Date(), errorCode: null, errorDetail: null } as const;
    const asked = { requestedAt: () => 'clock_timestamp()', requestedBy: requestedBy ?? row.requestedBy };
    await tx.update(IndexSnapshot, { id: row.id }, { ...asked, ...(again ? afresh : {}) });
    return { snapshotId: row.id, isNew: again };
  }

  /** Makes a snapshot of a commit that serves no session and goes after `seconds`, unless it is kept for longer. */
  async pin(
    tx: EntityManager,
    { repositoryId, branch, commit, requestedBy }: SnapshotWish,
    seconds: number,
  ): Promise<string> {
    const id = newId();
    await tx.query(
      `INSERT INTO index_snapshots (id, repository_id, branch, commit_sha, recipe, requested_by, pinned_until)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))`,
      [id, repositoryId, branch, commit, this.models.recipe, requestedBy, seconds],
    );
    return id;
  }

  /** Has a pinned snapshot stay for as long as this from now on. */
  async keepPinned(id: string, seconds: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE index_snapshots SET pinned_until = now() + make_interval(secs => $2)
        WHERE id = $1 AND pinned_until IS NOT NULL`,
      [id, seconds],
    );
  }

  /** Drops pinned snapshots that nobody keeps any more. */
  async dropUnkept(): Promise<void> {
    await this.dataSource.query('DELETE FROM index_snapshots WHERE pinned_until < now()');
  }

  async drop(tx: EntityManager, id: string): Promise<void> {
    await tx.delete(IndexSnapshot, { id });
  }

  /** Drops what nobody needs any more of the branch once `snapshotId` was asked for: older ones that have not begun, or failed. */
  async dropSuperseded(tx: EntityManager, { repositoryId, branch }: BranchRef, snapshotId: string): Promise<void> {
    await tx.query(
      `DELETE FROM index_snapshots
        WHERE repository_id = $1 AND branch = $2 AND pinned_until IS NULL AND id <> $3
          AND (status = 'failed' OR (status = 'queued' AND (lease_until IS NULL OR lease_until < now())))`,
      [repositoryId, branch, snapshotId],
    );
  }

  /** Drops the branch's snapshots that were asked for before this one; whoever still works at one loses its lease. */
  async dropOlder(tx: EntityManager, { id, repositoryId, branch }: IndexSnapshot): Promise<void> {
    await tx.query(
      `DELETE FROM index_snapshots
        WHERE repository_id = $1 AND branch = $2 AND pinned_until IS NULL AND id <> $3
          AND (requested_at, id) < (SELECT requested_at, id FROM index_snapshots WHERE id = $3)`,
      [repositoryId, branch, id],
    );
  }

  /** Every branch that has snapshots for its sessions. */
  branches(): Promise<BranchRef[]> {
    return this.dataSource.query<BranchRef[]>(
      `SELECT DISTINCT repository_id AS "repositoryId", branch FROM index_snapshots WHERE pinned_until IS NULL`,
    );
  }

  /** Drops all of a branch, pinned ones too. @returns how many went. */
  async dropBranch(tx: EntityManager, { repositoryId, branch }: BranchRef): Promise<number> {
    const [, count] = await tx.query<[unknown[], number]>(
      'DELETE FROM index_snapshots WHERE repository_id = $1 AND branch = $2',
      [repositoryId, branch],
    );
    return count;
  }

  /** Under the lease; false when another worker has gone on with it, or the row is gone. */
  async advance(
    lease: Lease,
    change: Partial<IndexSnapshot>,
    tx: EntityManager = this.dataSource.manager,
  ): Promise<boolean> {
    const { affected } = await tx.update(IndexSnapshot, { id: lease.id, fence: lease.fence }, change);
    return affected === 1;
  }

  private async putUnderCurrentRecipe(tx: EntityManager, snapshot: IndexSnapshot): Promise<void> {
    const { id, repositoryId, branch, commitSha, pinnedUntil } = snapshot;
    const { recipe } = this.models;
    const twin = { repositoryId, branch, commitSha, recipe, ...OF_BRANCH };
    if (pinnedUntil === null && (await tx.existsBy(IndexSnapshot, twin))) return this.drop(tx, id);
    await tx.query('DELETE FROM snapshot_files WHERE snapshot_id = $1', [id]);
    await tx.update(IndexSnapshot, { id }, { recipe });
  }

  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM index_snapshots
        WHERE status IN ('queued', 'running') AND run_after <= now() AND (lease_until IS NULL OR lease_until < now())
        ORDER BY run_after LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}

/** From the rows of one branch, newest first. */
function pick(rows: readonly IndexSnapshot[]): BranchSnapshots {
  return { latest: rows[0] ?? null, serving: rows.find(({ status }) => status === 'ready') ?? null };
}

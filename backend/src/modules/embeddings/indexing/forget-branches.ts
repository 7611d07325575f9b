import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import { RepositoriesService } from '../../github/index.js';
import { BlobsRepository } from '../repositories/blobs.repository.js';
import { type BranchRef, SnapshotsRepository } from '../repositories/snapshots.repository.js';

/** Says, in the transaction that forgets a branch and true until its end, whether somebody needs it. */
export type StillUsed = (tx: EntityManager, at: BranchRef) => Promise<boolean>;

/** The index of a branch goes when nobody needs it any more; who does is known to other modules. */
@Injectable()
export class ForgetBranches {
  constructor(
    private readonly snapshots: SnapshotsRepository,
    private readonly blobs: BlobsRepository,
    private readonly repositories: RepositoriesService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** Every branch that has an index. */
  branches(): Promise<BranchRef[]> {
    return this.snapshots.branches();
  }

  /** Drops the whole index of each of these branches that is not used, and the contents that only it had. */
  async forget(branches: readonly BranchRef[], stillUsed: StillUsed): Promise<void> {
    let forgotten = 0;
    for (const at of branches) forgotten += await this.forgetOne(at, stillUsed);
    if (forgotten > 0) await this.blobs.collectOrphans();
  }

  private async forgetOne({ repositoryId, branch }: BranchRef, stillUsed: StillUsed): Promise<number> {
    const name = (await this.repositories.names([repositoryId])).get(repositoryId);
    return this.transactions.run(async (tx) => {
      if (await stillUsed(tx, { repositoryId, branch })) return 0;
      const snapshots = await this.snapshots.dropBranch(tx, { repositoryId, branch });
      if (snapshots === 0) return 0;
      await this.audit.record(tx, {
        action: 'index.forget',
        target: { type: 'index', name: branch },
        result: 'ok',
        ...(name ? { repository: `${name.owner}/${name.name}` } : {}),
        details: { branch, snapshots },
      });
      return snapshots;
    });
  }
}

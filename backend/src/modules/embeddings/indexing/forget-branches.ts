import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { OutboxHandlers } from '../../../platform/database/outbox.handlers.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import { RepositoriesService } from '../../github/index.js';
import { BlobsRepository } from '../repositories/blobs.repository.js';
import { SnapshotsRepository } from '../repositories/snapshots.repository.js';

const deleted = z.object({
  repositoryId: z.uuid(),
  branch: z.string(),
  /** Sessions that are left on the branch. */
  remaining: z.int().min(0),
  /** When that was counted; a session that began later has asked for the branch again. */
  at: z.iso.datetime().optional(),
});

/** The index of a branch goes with its last session. */
@Injectable()
export class ForgetBranches implements OnModuleInit {
  constructor(
    private readonly handlers: OutboxHandlers,
    private readonly snapshots: SnapshotsRepository,
    private readonly blobs: BlobsRepository,
    private readonly repositories: RepositoriesService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  onModuleInit(): void {
    this.handlers.on('session.deleted', (payload) => this.sessionDeleted(deleted.parse(payload)));
  }

  private async sessionDeleted({ remaining, at, repositoryId, branch }: z.output<typeof deleted>): Promise<void> {
    if (remaining > 0) return;
    const name = (await this.repositories.names([repositoryId])).get(repositoryId);
    const before = at === undefined ? new Date() : new Date(at);
    await this.transactions.run(async (tx) => {
      const snapshots = await this.snapshots.dropBranch(tx, { repositoryId, branch }, before);
      if (snapshots === 0) return;
      await this.audit.record(tx, {
        action: 'index.forget',
        target: { type: 'index', name: branch },
        result: 'ok',
        ...(name ? { repository: `${name.owner}/${name.name}` } : {}),
        details: { branch, snapshots },
      });
    });
    await this.blobs.collectOrphans();
  }
}

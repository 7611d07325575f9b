import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Outbox } from '../../../platform/database/outbox.js';
import { OutboxHandlers } from '../../../platform/database/outbox.handlers.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import { SnapshotsRepository } from '../repositories/snapshots.repository.js';
import { IndexService } from './index.service.js';
import { IndexStream } from './index-stream.js';

const push = z.object({ repositoryId: z.uuid(), branch: z.string(), commit: z.string() });

/** A push to a branch that is indexed has it read again, with the right of whoever asked for it before. */
@Injectable()
export class FollowPushes implements OnModuleInit {
  constructor(
    private readonly handlers: OutboxHandlers,
    private readonly snapshots: SnapshotsRepository,
    private readonly index: IndexService,
    private readonly stream: IndexStream,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  onModuleInit(): void {
    this.handlers.on('github.push', (payload) => this.pushed(push.parse(payload)));
  }

  private async pushed({ repositoryId, branch, commit }: z.output<typeof push>): Promise<void> {
    const at = { repositoryId, branch };
    const { latest } = await this.snapshots.ofBranch(at);
    if (!latest?.requestedBy || latest.commitSha === commit) return;
    const { requestedBy } = latest;
    const snapshotId = await this.transactions.run(async (tx) => {
      const result = await this.index.request(tx, { ...at, commit, requestedBy });
      await this.outbox.add(tx, { topic: 'index.changed', payload: { ...at, status: 'queued' } });
      await this.audit.record(tx, {
        action: 'index.request',
        target: { type: 'index', id: result.snapshotId, name: branch },
        result: 'ok',
        details: { branch, commit, cause: 'push' },
      });
      return result.snapshotId;
    });
    await this.stream.tell(at);
    await this.index.wake(snapshotId);
  }
}

import { Injectable } from '@nestjs/common';
import { Outbox } from '../../../platform/database/outbox.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import type { SnapshotWish } from '../repositories/snapshots.repository.js';
import { IndexService } from './index.service.js';
import { IndexStream } from './index-stream.js';

/** Has branches read that nobody has just asked for. */
@Injectable()
export class IndexRequester {
  constructor(
    private readonly index: IndexService,
    private readonly stream: IndexStream,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  /** `cause`: there is a new commit, or a new model. */
  async request(wish: SnapshotWish, cause: 'push' | 'model'): Promise<void> {
    const { repositoryId, branch, commit } = wish;
    const snapshotId = await this.transactions.run(async (tx) => {
      const result = await this.index.request(tx, wish);
      await this.outbox.add(tx, { topic: 'index.changed', payload: { repositoryId, branch, status: 'queued' } });
      await this.audit.record(tx, {
        action: 'index.request',
        target: { type: 'index', id: result.snapshotId, name: branch },
        result: 'ok',
        details: { branch, commit, cause },
      });
      return result.snapshotId;
    });
    await this.stream.tell(wish);
    await this.index.wake(snapshotId);
  }
}

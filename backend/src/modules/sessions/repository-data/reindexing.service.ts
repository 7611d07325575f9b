import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import { type IndexState, IndexService } from '../../embeddings/index.js';
import { RepositoriesService } from '../../github/index.js';
import { type SessionAccess, SessionAccessService } from '../session-access.service.js';
import { SessionNotifier } from '../session.notifier.js';

/** Has the head of a session's branch read, with the caller's own right. */
@Injectable()
export class Reindexing {
  constructor(
    private readonly repositories: RepositoriesService,
    private readonly index: IndexService,
    private readonly access: SessionAccessService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: SessionNotifier,
  ) {}

  /** @returns the state of the branch's index, begun or (when the head was read already) as it was. */
  async begin({ id: sessionId, userId, repositoryId, owner, repo, branch }: SessionAccess): Promise<IndexState> {
    const at = { repositoryId, branch };
    const { sha: commit } = await this.repositories.branch(userId, owner, repo, branch);
    const snapshotId = await this.transactions.run(async (tx) => {
      const snapshot = await this.index.request(tx, { ...at, commit, requestedBy: userId });
      await this.access.use(tx, sessionId);
      await this.audit.record(tx, {
        action: 'index.request',
        target: { type: 'index', id: snapshot.snapshotId, name: branch },
        result: 'ok',
        repository: `${owner}/${repo}`,
        details: { sessionId, commit },
      });
      return snapshot.snapshotId;
    });
    await this.index.wake(snapshotId);
    const state = await this.index.state(at);
    await this.notifier.indexChanged(sessionId, repositoryId, state);
    return state;
  }
}

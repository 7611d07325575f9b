import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { newId } from '../../platform/database/ids.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { Principal } from '../../platform/http/principal.js';
import { AuditLog } from '../audit/index.js';
import { IndexService } from '../embeddings/index.js';
import { RepositoriesService } from '../github/index.js';
import type { CreateSessionDto } from './dto/session.dto.js';
import { SessionsRepository } from './repositories/sessions.repository.js';
import { SessionNotifier } from './session.notifier.js';

/** What is stored together with a new session, and what the audit trail says of it. */
export interface Beginning {
  readonly action: 'session.create' | 'session.import';
  readonly details?: Record<string, unknown>;
  readonly fill?: (tx: EntityManager, sessionId: string) => Promise<void>;
}

const DAY_MS = 24 * 3_600 * 1_000;

/** Beginning a session on a branch. */
@Injectable()
export class SessionOpening {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionsRepository,
    private readonly repositories: RepositoriesService,
    private readonly index: IndexService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: SessionNotifier,
  ) {}

  /** The branch's index is begun with it. @returns the id. @throws what GitHub says about repository and branch. */
  async open(
    principal: Principal,
    { owner, repo, branch: wanted, title }: CreateSessionDto,
    { action, details = {}, fill }: Beginning,
  ): Promise<string> {
    const access = await this.repositories.access(principal.userId, owner, repo);
    const branch = wanted ?? access.defaultBranch;
    const head = await this.repositories.branch(principal.userId, access.owner, access.name, branch);
    const { repositoryId, fullName } = access;
    const id = newId();
    const name = title ?? fullName;
    const snapshotId = await this.transactions.run(async (tx) => {
      const at = { repositoryId, branch: head.name };
      await this.sessions.insert(tx, { ...at, id, ownerId: principal.userId, title: name, expiresAt: this.expiry() });
      await fill?.(tx, id);
      const snapshot = await this.index.request(tx, { ...at, commit: head.sha, requestedBy: principal.userId });
      await this.audit.record(tx, {
        action,
        target: { type: 'session', id, name },
        result: 'ok',
        repository: fullName,
        details: { branch: head.name, commit: head.sha, ...details },
      });
      return snapshot.snapshotId;
    });
    await this.index.wake(snapshotId);
    await this.notifier.sessionChanged(id);
    return id;
  }

  private expiry(): Date {
    return new Date(Date.now() + this.config.SESSION_TTL_DAYS * DAY_MS);
  }
}

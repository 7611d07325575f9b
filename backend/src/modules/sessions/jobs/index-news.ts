import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OutboxHandlers } from '../../../platform/database/outbox.handlers.js';
import { IndexService } from '../../embeddings/index.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import { SessionNotifier } from '../session.notifier.js';

/** Tells everybody with a session on a branch that its index has changed. */
@Injectable()
export class IndexNews implements OnModuleInit {
  constructor(
    private readonly outbox: OutboxHandlers,
    private readonly sessions: SessionsRepository,
    private readonly index: IndexService,
    private readonly notifier: SessionNotifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on('index.changed', ({ repositoryId, branch }) =>
      this.tell({ repositoryId: String(repositoryId), branch: String(branch) }),
    );
  }

  private async tell(at: { repositoryId: string; branch: string }): Promise<void> {
    const state = await this.index.state(at);
    for (const { id } of await this.sessions.on(at)) await this.notifier.indexChanged(id, at.repositoryId, state);
  }
}

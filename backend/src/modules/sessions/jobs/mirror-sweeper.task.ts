import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { OutboxHandlers } from '../../../platform/database/outbox.handlers.js';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { GitMirror } from '../../github/index.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';

const INTERVAL_MS = 15 * 60_000;
/** Longer than one index or solve that may still read there. */
const IDLE_SECONDS = 2 * 60 * 60;

/**
 * A repository's source stays on this machine for as long as a session is about it: it is removed with the last one, and
 * in rounds, for what was fetched while that ended or lies with a worker that did not hear of it.
 */
@Injectable()
export class MirrorSweeper implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new PeriodicTask('mirror sweeper', INTERVAL_MS, () => this.sweep());

  constructor(
    private readonly outbox: OutboxHandlers,
    private readonly sessions: SessionsRepository,
    private readonly mirrors: GitMirror,
  ) {}

  onModuleInit(): void {
    this.outbox.on('session.deleted', ({ repositoryId }) => this.removeUnused([String(repositoryId)]));
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** One round. */
  async sweep(): Promise<void> {
    await this.removeUnused(await this.mirrors.idle(IDLE_SECONDS));
  }

  private async removeUnused(repositoryIds: readonly string[]): Promise<void> {
    for (const id of await this.sessions.unused(repositoryIds)) await this.mirrors.remove(id);
  }
}

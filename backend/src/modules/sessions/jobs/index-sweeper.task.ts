import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { OutboxHandlers } from '../../../platform/database/outbox.handlers.js';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { type BranchRef, ForgetBranches } from '../../embeddings/index.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';

const INTERVAL_MS = 15 * 60_000;

const deleted = z.object({ repositoryId: z.uuid(), branch: z.string() });

/**
 * The index of a branch goes with its last session. Which one that was is counted when the end is told of, not when it
 * comes: two that end at once would each see the other. In rounds goes what was asked for while the last one ended.
 */
@Injectable()
export class IndexSweeper implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new PeriodicTask('index sweeper', INTERVAL_MS, () => this.sweep());

  constructor(
    private readonly outbox: OutboxHandlers,
    private readonly sessions: SessionsRepository,
    private readonly index: ForgetBranches,
  ) {}

  onModuleInit(): void {
    this.outbox.on('session.deleted', (payload) => this.removeUnused([deleted.parse(payload)]));
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** One round. */
  async sweep(): Promise<void> {
    await this.removeUnused(await this.index.branches());
  }

  private async removeUnused(branches: readonly BranchRef[]): Promise<void> {
    const unused = await this.sessions.unusedBranches(branches);
    await this.index.forget(unused, (tx, at) => this.sessions.hasAnyFromHereOn(tx, at));
  }
}

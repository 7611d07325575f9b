import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { OutboxHandlers } from '../../../platform/database/outbox.handlers.js';
import { SnapshotsRepository } from '../repositories/snapshots.repository.js';
import { IndexRequester } from './index-requester.js';

const push = z.object({ repositoryId: z.uuid(), branch: z.string(), commit: z.string() });

/** A push to a branch that is indexed has it read again, with the right of whoever asked for it before. */
@Injectable()
export class FollowPushes implements OnModuleInit {
  constructor(
    private readonly handlers: OutboxHandlers,
    private readonly snapshots: SnapshotsRepository,
    private readonly requester: IndexRequester,
  ) {}

  onModuleInit(): void {
    this.handlers.on('github.push', (payload) => this.pushed(push.parse(payload)));
  }

  private async pushed({ repositoryId, branch, commit }: z.output<typeof push>): Promise<void> {
    const { latest } = await this.snapshots.ofBranch({ repositoryId, branch });
    if (!latest?.requestedBy || latest.commitSha === commit) return;
    await this.requester.request({ repositoryId, branch, commit, requestedBy: latest.requestedBy }, 'push');
  }
}

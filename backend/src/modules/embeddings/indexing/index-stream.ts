import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { StreamLog } from '../../../platform/streams/stream-log.js';
import type { IndexState } from '../dto/index-state.dto.js';
import { type BranchRef, SnapshotsRepository } from '../repositories/snapshots.repository.js';
import { stateOf } from './index-state.js';

const OPTIONS = { ttlSeconds: 3_600, maxLength: 2_000 };

/** Where the progress of a branch's index is told, whichever process works at it. */
export function streamKey({ repositoryId, branch }: BranchRef): string {
  return `index:${repositoryId}:${createHash('sha256').update(branch).digest('hex').slice(0, 16)}`;
}

/** Tells who looks on how far a branch is. */
@Injectable()
export class IndexStream {
  constructor(
    private readonly snapshots: SnapshotsRepository,
    private readonly streams: StreamLog,
  ) {}

  async present(at: BranchRef): Promise<IndexState> {
    return stateOf(await this.snapshots.ofBranch(at));
  }

  /** Sends what the rows say now. A hint, not the truth, so a failure here is none of the work. */
  async tell(at: BranchRef): Promise<void> {
    const state = await this.present(at);
    await this.streams.append(streamKey(at), { event: 'index', data: state }, OPTIONS).catch(() => undefined);
  }
}

import { Injectable } from '@nestjs/common';
import { AnchorCursor } from '../anchors/anchor-cursor.js';
import { AuditAnchors } from '../anchors/audit-anchors.js';
import { isGenuine } from '../archive/checkpoint-seal.js';
import { AuditChain } from '../audit-chain.js';
import { AuditSealer } from '../audit-sealer.js';
import type { AuditVerificationDto } from '../dto/audit.dto.js';
import type { AuditCheckpoint } from '../entities/audit-checkpoint.entity.js';
import { AuditReaderRepository } from '../repositories/audit-reader.repository.js';
import { BEGINNING, ChainWalk, type Link } from './chain-walk.js';

export interface Progress {
  readonly checked: number;
  readonly total: number;
}

export interface VerifyOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** Recomputes the chain, in batches: memory does not grow with it, and other requests are served in between. */
@Injectable()
export class AuditVerifier {
  constructor(
    private readonly chain: AuditChain,
    private readonly reader: AuditReaderRepository,
    private readonly anchors: AuditAnchors,
    private readonly sealer: AuditSealer,
  ) {}

  /**
   * Walks from the first kept entry to the last; says which is the first that is not as it was written.
   * @throws the signal's reason when it aborts
   */
  async verify(options: VerifyOptions = {}): Promise<AuditVerificationDto> {
    await this.sealer.seal();
    for (;;) {
      const start = await this.reader.checkpoint();
      const verdict = await this.walk(start, options);
      // A month may leave for the archive meanwhile; then its entries are missing for a good reason.
      const now = await this.reader.checkpoint();
      if (verdict.intact || now?.seq === start?.seq) return verdict;
    }
  }

  private async walk(start: AuditCheckpoint | null, options: VerifyOptions): Promise<AuditVerificationDto> {
    const anchored = new AnchorCursor(this.anchors.all());
    try {
      const from = start ?? BEGINNING;
      const head = (await this.reader.head()) ?? BEGINNING;
      const walk = new ChainWalk(this.chain, from);
      if (start && !isGenuine(this.chain, start)) walk.refuseStart();
      await this.stepAlong(walk, { from, head, anchored }, options);
      const newest = await anchored.newest();
      walk.finish(head, await this.reader.outside(String(BigInt(from.seq) + 1n)), newest);
      return walk.verdict(newest);
    } finally {
      await anchored.close();
    }
  }

  private async stepAlong(
    walk: ChainWalk,
    { from, head, anchored }: { from: Link; head: Link; anchored: AnchorCursor },
    { onProgress, signal }: VerifyOptions,
  ): Promise<void> {
    const total = Number(BigInt(head.seq) - BigInt(from.seq));
    for await (const batch of this.reader.chain(from.seq, head.seq)) {
      signal?.throwIfAborted();
      const hashes = await anchored.hashesUpTo(batch.at(-1)?.seq ?? '0');
      for (const entry of batch) walk.step(entry, hashes.get(entry.seq));
      onProgress?.({ checked: walk.checked, total });
      if (walk.isOver) return;
    }
  }
}

import { Injectable } from '@nestjs/common';
import { type Anchor, AuditAnchors } from './audit-anchors.js';
import { AuditChain, GENESIS } from './audit-chain.js';
import { ChainWalk } from './chain-walk.js';
import type { AuditVerificationDto } from './dto/audit.dto.js';
import { AuditReaderRepository } from './repositories/audit-reader.repository.js';

/** Recomputes the chain, in batches: memory does not grow with it, and other requests are served in between. */
@Injectable()
export class AuditVerifier {
  constructor(
    private readonly chain: AuditChain,
    private readonly reader: AuditReaderRepository,
    private readonly anchors: AuditAnchors,
  ) {}

  /** Walks from the first entry to the last; says which is the first that is not as it was written. */
  async verify(): Promise<AuditVerificationDto> {
    const anchored = new AnchorCursor(this.anchors.all());
    const head = (await this.reader.head()) ?? { seq: '0', hash: GENESIS };
    const walk = new ChainWalk(this.chain);
    for await (const batch of this.reader.chain(head.seq)) {
      const hashes = await anchored.hashesUpTo(batch.at(-1)?.seq ?? '0');
      for (const entry of batch) walk.step(entry, hashes.get(entry.seq));
      if (walk.isOver) break;
    }
    const newest = await anchored.newest();
    walk.end(head, await this.reader.beyondHead(), newest);
    return walk.verdict(newest);
  }
}

/** Goes through the anchors beside the chain; both are in the order of `seq`. */
class AnchorCursor {
  private pending: Anchor | undefined;
  private last: Anchor | undefined;

  constructor(private readonly anchors: AsyncGenerator<Anchor, void>) {}

  /** The anchored hashes up to this entry that were not given out yet, by `seq`. */
  async hashesUpTo(seq: string): Promise<Map<string, string>> {
    const hashes = new Map<string, string>();
    for (;;) {
      this.pending ??= await this.next();
      if (!this.pending || BigInt(this.pending.seq) > BigInt(seq)) return hashes;
      hashes.set(this.pending.seq, this.pending.hash);
      this.pending = undefined;
    }
  }

  /** The last anchor of all. */
  async newest(): Promise<Anchor | undefined> {
    while ((await this.next()) !== undefined);
    return this.last;
  }

  private async next(): Promise<Anchor | undefined> {
    const step = await this.anchors.next();
    if (step.done) return undefined;
    this.last = step.value;
    return step.value;
  }
}

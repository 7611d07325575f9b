import type { Anchor } from './audit-anchors.js';

/** Goes through the anchors beside the chain, in the order of `seq`; a line behind a later one says nothing and is passed over. */
export class AnchorCursor {
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

  /** The anchor of the latest entry of all. */
  async newest(): Promise<Anchor | undefined> {
    while ((await this.next()) !== undefined);
    return this.last;
  }

  /** Closes what the anchors are read from. */
  async close(): Promise<void> {
    await this.anchors.return();
  }

  private async next(): Promise<Anchor | undefined> {
    for (;;) {
      const step = await this.anchors.next();
      if (step.done) return undefined;
      if (this.last && BigInt(step.value.seq) < BigInt(this.last.seq)) continue;
      this.last = step.value;
      return step.value;
    }
  }
}

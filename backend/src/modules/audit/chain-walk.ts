import type { Anchor } from './audit-anchors.js';
import { type AuditChain, GENESIS } from './audit-chain.js';
import type { AuditVerificationDto } from './dto/audit.dto.js';
import type { AuditEntry } from './entities/audit-entry.entity.js';

type Reason = NonNullable<AuditVerificationDto['reason']>;

/** Goes along the chain and keeps the first thing that is not as it was written. */
export class ChainWalk {
  private previous = GENESIS;
  private checked = 0n;
  private broken: { readonly seq: bigint; readonly reason: Reason } | undefined;

  constructor(private readonly chain: AuditChain) {}

  get isOver(): boolean {
    return this.broken !== undefined;
  }

  /** The next entry, with the hash that was anchored for it, if one was. */
  step(entry: AuditEntry, anchored: string | undefined): void {
    if (this.broken) return;
    const next = this.checked + 1n;
    if (BigInt(entry.seq) !== next) this.stop(next, 'missing');
    else if (entry.prevHash !== this.previous) this.stop(next, 'link');
    else if (entry.hash !== this.chain.hash(entry)) this.stop(next, 'content');
    else if (anchored !== undefined && anchored !== entry.hash) this.stop(next, 'anchor');
    else {
      this.checked = next;
      this.previous = entry.hash;
    }
  }

  /** What only shows at the end: entries cut off, put on by hand, or a head that was rewritten with them. */
  end(
    head: { readonly seq: string; readonly hash: string },
    beyond: string | undefined,
    newest: Anchor | undefined,
  ): void {
    if (this.broken) return;
    const next = this.checked + 1n;
    if (this.checked < BigInt(head.seq)) this.stop(next, 'missing');
    else if (newest && BigInt(newest.seq) > this.checked) this.stop(next, 'anchor');
    else if (beyond !== undefined) this.stop(BigInt(beyond), 'head');
    else if (head.hash !== this.previous) this.stop(this.checked, 'head');
  }

  verdict(newest: Anchor | undefined): AuditVerificationDto {
    const { broken } = this;
    return {
      intact: broken === undefined,
      checked: Number(this.checked),
      ...(broken ? { firstBroken: Number(broken.seq), reason: broken.reason } : {}),
      anchor: newest ? { state: this.anchorState(newest), seq: Number(newest.seq), at: newest.at } : { state: 'none' },
    };
  }

  private anchorState(newest: Anchor): AuditVerificationDto['anchor']['state'] {
    if (this.broken?.reason === 'anchor') return 'mismatch';
    return BigInt(newest.seq) <= this.checked ? 'match' : 'unreached';
  }

  private stop(seq: bigint, reason: Reason): void {
    this.broken = { seq, reason };
  }
}

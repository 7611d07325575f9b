import type { Anchor } from '../anchors/audit-anchors.js';
import { type AuditChain, GENESIS } from '../audit-chain.js';
import type { AuditVerificationDto } from '../dto/audit.dto.js';
import type { SealedEntry } from '../entities/audit-entry.entity.js';

type Reason = NonNullable<AuditVerificationDto['reason']>;
type AnchorState = AuditVerificationDto['anchor']['state'];

/** An entry of the chain, by number and hash. */
export interface Link {
  readonly seq: string;
  readonly hash: string;
}

/** Before the first entry. */
export const BEGINNING: Link = { seq: '0', hash: GENESIS };

/** Goes along the chain from a link and keeps the first thing that is not as it was written. */
export class ChainWalk {
  private previous: string;
  private last: bigint;
  private broken: { readonly seq: bigint; readonly reason: Reason } | undefined;
  /** The newest anchor that was compared with its entry. */
  private compared = -1n;

  constructor(
    private readonly chain: AuditChain,
    private readonly start: Link = BEGINNING,
  ) {
    this.previous = start.hash;
    this.last = BigInt(start.seq);
  }

  get isOver(): boolean {
    return this.broken !== undefined;
  }

  /** How many entries are as they were written, before the first that is not. */
  get checked(): number {
    return Number(this.last - BigInt(this.start.seq));
  }

  /** The last of them. */
  get end(): Link {
    return { seq: String(this.last), hash: this.previous };
  }

  /** What is wrong with the place where the walk begins, found before the first step. */
  refuseStart(): void {
    this.stop(BigInt(this.start.seq), 'checkpoint');
  }

  /** The next entry, with the hash that was anchored for it, if one was. */
  step(entry: SealedEntry, anchored?: string): void {
    if (this.broken) return;
    const next = this.last + 1n;
    if (BigInt(entry.seq) !== next) this.stop(next, 'missing');
    else if (entry.prevHash !== this.previous) this.stop(next, 'link');
    else if (entry.hash !== this.chain.hash(entry)) this.stop(next, 'content');
    else if (anchored !== undefined && anchored !== entry.hash) this.stop(next, 'anchor');
    else {
      this.last = next;
      this.previous = entry.hash;
      if (anchored !== undefined) this.compared = next;
    }
  }

  /** What only shows at the end: entries cut off, put on by hand, or a head that was rewritten with them. */
  finish(head: Link, outside: string | undefined, newest: Anchor | undefined): void {
    if (this.broken) return;
    const next = this.last + 1n;
    if (outside !== undefined && BigInt(outside) < next) this.stop(BigInt(outside), 'head');
    else if (this.last < BigInt(head.seq)) this.stop(next, 'cut');
    else if (newest && BigInt(newest.seq) > this.last) this.stop(next, 'cut');
    else if (outside !== undefined) this.stop(BigInt(outside), 'head');
    else if (head.hash !== this.previous) this.stop(this.last, 'head');
  }

  /** Intact is what an anchor outside of the database confirms. */
  verdict(newest: Anchor | undefined): AuditVerificationDto {
    const { broken, checked } = this;
    const state = this.anchorState(newest);
    return {
      intact: broken === undefined && state === 'match',
      checked,
      ...(broken ? { firstBroken: Number(broken.seq), reason: broken.reason } : {}),
      anchor: newest ? { state, seq: Number(newest.seq), at: newest.at } : { state },
    };
  }

  private anchorState(newest: Anchor | undefined): AnchorState {
    if (!newest) return 'missing';
    const seq = BigInt(newest.seq);
    if (this.broken?.reason === 'anchor') return 'mismatch';
    if (this.broken?.reason === 'cut' && seq > this.last) return 'mismatch';
    if (this.broken && seq > this.last) return 'unreached';
    return this.compared === seq ? 'match' : 'missing';
  }

  private stop(seq: bigint, reason: Reason): void {
    this.broken = { seq, reason };
  }
}

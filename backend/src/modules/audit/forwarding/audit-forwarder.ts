import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Lease, Leases } from '../../../platform/database/lease.js';
import { viewOf } from '../dto/audit-view.js';
import type { SealedEntry } from '../entities/audit-entry.entity.js';
import { AuditReaderRepository } from '../repositories/audit-reader.repository.js';
import { COLLECTOR, type Collector } from './collector.js';
import { FORWARDING_ID, ForwardingRepository } from './forwarding.repository.js';

const BATCH = 500;
/** A batch ends with the entry that makes it this large. */
const BATCH_CHARACTERS = 500_000;
const LEASE_SECONDS = 60;
const LONGEST_SEND_MS = 30_000;

/**
 * Sends the trail on to a collector: every entry at least once, in the order of the chain. The row says how far it has come, so
 * a restart loses nothing; while the collector is down the entries wait where they are.
 */
@Injectable()
export class AuditForwarder {
  private readonly logger = new Logger(AuditForwarder.name);

  constructor(
    @Inject(COLLECTOR) private readonly collector: Collector | undefined,
    private readonly leases: Leases,
    private readonly row: ForwardingRepository,
    private readonly reader: AuditReaderRepository,
  ) {}

  /** Whether entries are forwarded at all. */
  get isOn(): boolean {
    return this.collector !== undefined;
  }

  /** Whether the collector has this entry; true where there is none: nothing is kept for nobody. */
  async has(seq: string): Promise<boolean> {
    return !this.isOn || BigInt(await this.row.position()) >= BigInt(seq);
  }

  /** Sends what waits, unless another worker does, or the collector was down a moment ago. Never fails. */
  async forwardDue(stop: AbortSignal): Promise<void> {
    const { collector } = this;
    if (!collector || !(await this.row.isDue())) return;
    await this.leases.hold('audit_forwarding', FORWARDING_ID, { seconds: LEASE_SECONDS }, async (lease, lost) => {
      try {
        await this.forward(collector, lease, AbortSignal.any([stop, lost]));
      } catch (error) {
        if (stop.aborted) return;
        await this.row.failed(lease);
        this.logger.warn({ message: 'audit entries were not forwarded', collector: collector.name, error });
      }
    });
  }

  private async forward(collector: Collector, lease: Lease, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const batch = await this.next();
      const last = batch.at(-1);
      if (!last) return;
      await collector.send(batch.map(viewOf), AbortSignal.any([signal, AbortSignal.timeout(LONGEST_SEND_MS)]));
      if (!(await this.row.received(lease, last.seq))) return;
    }
  }

  private async next(): Promise<SealedEntry[]> {
    const [position, head] = await Promise.all([this.row.position(), this.reader.head()]);
    for await (const batch of this.reader.chain(position, head?.seq ?? '0', BATCH)) {
      let characters = 0;
      const full = batch.findIndex(({ details }) => (characters += JSON.stringify(details).length) > BATCH_CHARACTERS);
      return full === -1 ? batch : batch.slice(0, full + 1);
    }
    return [];
  }
}

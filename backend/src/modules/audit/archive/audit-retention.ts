import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditChain } from '../audit-chain.js';
import { AuditLog } from '../audit-log.js';
import { AuditForwarder } from '../forwarding/audit-forwarder.js';
import { AuditReaderRepository } from '../repositories/audit-reader.repository.js';
import { BEGINNING, type Link } from '../verification/chain-walk.js';
import { type Archive, AuditArchives } from './audit-archives.js';
import { checkpointSeal } from './checkpoint-seal.js';
import { RetireRepository } from './retire.repository.js';

/**
 * Lets months go that are no longer kept: each to an archive file, then out of the database, behind a sealed checkpoint from
 * which the chain goes on. A month in which something is not as it was written stays.
 */
@Injectable()
export class AuditRetention {
  private readonly logger = new Logger(AuditRetention.name);

  constructor(
    private readonly reader: AuditReaderRepository,
    private readonly archives: AuditArchives,
    private readonly chain: AuditChain,
    private readonly retired: RetireRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly forwarder: AuditForwarder,
  ) {}

  /** Every month whose time is over, oldest first. */
  async retireDue(now = new Date()): Promise<void> {
    const months = (await this.reader.head())?.keepMonths ?? null;
    if (months === null) return;
    const keptFrom = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months));
    for (;;) {
      const oldest = await this.reader.oldestAt();
      if (oldest === undefined || oldest >= keptFrom) return;
      if (!(await this.retireMonth(oldest))) return;
    }
  }

  /** False when nothing could go. */
  private async retireMonth(month: Date): Promise<boolean> {
    const end = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1));
    const after: Link = (await this.reader.checkpoint()) ?? BEGINNING;
    const last = await this.reader.lastBefore(end);
    if (last === undefined || BigInt(last) <= BigInt(after.seq)) return false;
    if (!(await this.forwarder.has(last))) return false;
    const name = `audit-${month.toISOString().slice(0, 7)}-${BigInt(after.seq) + 1n}-${last}.ndjson.gz`;
    const archive = await this.archives.make(name, after, last);
    await this.retire(name, archive);
    return true;
  }

  private async retire(name: string, { after, end, entries, sha256 }: Archive): Promise<void> {
    const checkpoint = { ...end, at: new Date(), archive: name, sha256 };
    await this.transactions.run(async (tx) => {
      await this.retired.retire(tx, { ...checkpoint, seal: checkpointSeal(this.chain, checkpoint) });
      await this.audit.record(tx, {
        action: 'audit.archive',
        target: { type: 'audit', id: name },
        result: 'ok',
        details: { afterSeq: after.seq, lastSeq: end.seq, lastHash: end.hash, entries, sha256 },
      });
    });
    this.logger.log({ message: 'audit entries have left for an archive', archive: name, entries, sha256 });
  }
}

import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { AuditAnchors } from '../anchors/audit-anchors.js';
import { AuditReaderRepository } from '../repositories/audit-reader.repository.js';

const INTERVAL_MS = 60_000;
/** Until there is one, verification cannot say that the trail is intact. */
const FIRST_MS = 1_000;

/** Notes where the chain ends, in a file and in the log: places that whoever can change the database may not reach. */
@Injectable()
export class AnchorTask implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AnchorTask.name);
  private readonly task = new PeriodicTask('audit anchor', FIRST_MS, () => this.noteWhenDue());
  private dueAt = 0;

  constructor(
    private readonly reader: AuditReaderRepository,
    private readonly anchors: AuditAnchors,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Notes the end of the chain, unless that was done. */
  async note(): Promise<void> {
    const head = await this.reader.head();
    if (head === null || BigInt(head.seq) === 0n) return;
    this.dueAt = Date.now() + INTERVAL_MS;
    const newest = await this.anchors.newest();
    if (newest && BigInt(newest.seq) >= BigInt(head.seq)) return;
    const anchor = await this.anchors.append({ seq: head.seq, hash: head.hash, at: new Date().toISOString() });
    this.logger.log({ message: 'audit anchor', ...anchor });
  }

  private async noteWhenDue(): Promise<void> {
    if (Date.now() >= this.dueAt) await this.note();
  }
}

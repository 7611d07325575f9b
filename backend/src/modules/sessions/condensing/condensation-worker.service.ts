import { InjectQueue } from '@nestjs/bull';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import { type Lease, LeaseLostError, Leases } from '../../../platform/database/lease.js';
import { DomainError, isTransient } from '../../../platform/errors/domain-error.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { wake } from '../../../platform/queue/wake.js';
import type { Condensation } from '../entities/condensation.entity.js';
import type { MessageError } from '../entities/message.entity.js';
import { CondensationsRepository } from '../repositories/condensations.repository.js';
import { CONDENSATION_OUTDATED } from '../sessions.errors.js';
import { CondensationRecorder } from './condensation-recorder.js';
import { Condenser } from './condenser.js';

const LEASE_SECONDS = 15;
const MOST_ATTEMPTS = 3;
const RETRY_SECONDS = 10;

/** Writes the condensations that are wanted. Nothing waits for them: until one is done, prompts go without. */
@Injectable()
export class CondensationWorker {
  private readonly logger = new Logger(CondensationWorker.name);

  constructor(
    private readonly leases: Leases,
    private readonly condensations: CondensationsRepository,
    private readonly condenser: Condenser,
    private readonly recorder: CondensationRecorder,
    @InjectQueue('condense') private readonly queue: Queue<WakeUp>,
  ) {}

  /** @returns the answer after which it was wanted, once it is done. */
  async take(id: string): Promise<string | null> {
    return this.leases.hold('condensations', id, { seconds: LEASE_SECONDS }, async (lease, lost) => {
      const wanted = await this.condensations.find(id);
      if (wanted?.status !== 'queued') return null;
      try {
        await this.recorder.done(lease, wanted, await this.condenser.write(wanted, lost));
        return wanted.afterId;
      } catch (error) {
        if (lost.aborted || error instanceof LeaseLostError) return null;
        await this.failed(lease, wanted, error);
        return null;
      }
    });
  }

  private async failed(lease: Lease, wanted: Condensation, error: unknown): Promise<void> {
    if (error instanceof DomainError && error.code === CONDENSATION_OUTDATED)
      await this.recorder.outdated(lease, wanted);
    else if (isTransient(error) && wanted.attempts < MOST_ATTEMPTS) {
      await this.recorder.postponed(lease, wanted, RETRY_SECONDS * wanted.attempts);
      await wake(this.queue, wanted.id, { delayMs: RETRY_SECONDS * wanted.attempts * 1_000 });
    } else await this.recorder.failed(lease, wanted, this.explain(wanted, error));
  }

  private explain({ id }: Condensation, error: unknown): MessageError {
    if (error instanceof DomainError) return { code: error.code, detail: error.detail };
    this.logger.error({ message: 'condensing failed', condensationId: id, error });
    return { code: 'internal', detail: 'Something went wrong on the server.' };
  }
}

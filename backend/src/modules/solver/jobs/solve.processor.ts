import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { runInContext } from '../../../platform/context/request-context.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { RequesterPrincipal } from '../requester-principal.js';
import { SolveWorker } from '../solve-worker.service.js';

/** Bull's own bound is out of the way: how many solves run is decided by their claims, over all workers together. */
const ALL = 64;

@Processor('solve')
export class SolveProcessor {
  constructor(
    private readonly worker: SolveWorker,
    private readonly requesters: RequesterPrincipal,
  ) {}

  @Process({ concurrency: ALL })
  async work({ data }: Job<WakeUp>): Promise<void> {
    const principal = await this.requesters.of(data.id);
    const context = { requestId: data.requestId, via: 'job' as const, ...(principal ? { principal } : {}) };
    await runInContext(context, () => this.worker.take(data.id));
  }
}

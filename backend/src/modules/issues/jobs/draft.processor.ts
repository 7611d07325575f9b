import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { runInContext } from '../../../platform/context/request-context.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { DraftWorker } from '../drafting/draft-worker.service.js';

const CONCURRENCY = 4;

@Processor('draft')
export class DraftProcessor {
  constructor(private readonly worker: DraftWorker) {}

  @Process({ concurrency: CONCURRENCY })
  async work({ data }: Job<WakeUp>): Promise<void> {
    await runInContext({ requestId: data.requestId, via: 'job' }, () => this.worker.take(data.id));
  }
}

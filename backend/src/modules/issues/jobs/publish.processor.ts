import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { runInContext } from '../../../platform/context/request-context.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { PublishWorker } from '../publishing/publish-worker.service.js';

const CONCURRENCY = 4;

@Processor('publish')
export class PublishProcessor {
  constructor(private readonly worker: PublishWorker) {}

  @Process({ concurrency: CONCURRENCY })
  async work({ data }: Job<WakeUp>): Promise<void> {
    await runInContext({ requestId: data.requestId, via: 'job' }, () => this.worker.take(data.id));
  }
}

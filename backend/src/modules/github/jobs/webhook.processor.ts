import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { runInContext } from '../../../platform/context/request-context.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { WebhookWorker } from '../webhooks/webhook-worker.service.js';

const CONCURRENCY = 4;

@Processor('webhook')
export class WebhookProcessor {
  constructor(private readonly worker: WebhookWorker) {}

  @Process({ concurrency: CONCURRENCY })
  async work({ data }: Job<WakeUp>): Promise<void> {
    await runInContext({ requestId: data.requestId, via: 'webhook' }, () => this.worker.take(data.id));
  }
}

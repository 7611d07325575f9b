import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { runInContext } from '../../../platform/context/request-context.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { EvaluationWorker } from '../running/evaluation-worker.service.js';

/** Most of the time they wait for the index, which has its own bound. */
const CONCURRENCY = 2;

@Processor('evaluation')
export class EvaluationProcessor {
  constructor(private readonly worker: EvaluationWorker) {}

  @Process({ concurrency: CONCURRENCY })
  async work({ data: { id, requestId } }: Job<WakeUp>): Promise<void> {
    await runInContext({ requestId, via: 'job' }, () => this.worker.take(id));
  }
}

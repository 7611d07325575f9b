import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { runInContext } from '../../../platform/context/request-context.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { AnswerRequester } from '../chat/answer-requester.js';
import { CondensationPlanner } from '../condensing/condensation-planner.js';
import { CondensationWorker } from '../condensing/condensation-worker.service.js';
import { CondensationsRepository } from '../repositories/condensations.repository.js';

/** They wait for the model, and nobody waits for them. */
const CONCURRENCY = 4;

@Processor('condense')
export class CondenseProcessor {
  constructor(
    private readonly worker: CondensationWorker,
    private readonly planner: CondensationPlanner,
    private readonly condensations: CondensationsRepository,
    private readonly requester: AnswerRequester,
  ) {}

  /** A long conversation takes several calls, one after the other. */
  @Process({ concurrency: CONCURRENCY })
  async work({ data: { id, requestId } }: Job<WakeUp>): Promise<void> {
    const wanted = await this.condensations.find(id);
    const principal = wanted?.afterId ? await this.requester.of(wanted.afterId) : undefined;
    await runInContext({ requestId, via: 'job', ...(principal ? { principal } : {}) }, async () => {
      const answerId = await this.worker.take(id);
      if (answerId !== null) await this.planner.after(answerId);
    });
  }
}

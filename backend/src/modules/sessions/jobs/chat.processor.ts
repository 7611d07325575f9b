import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { runInContext } from '../../../platform/context/request-context.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { AnswerRequester } from '../chat/answer-requester.js';
import { ChatWorker } from '../chat/chat-worker.service.js';
import { CondensationPlanner } from '../condensing/condensation-planner.js';

/** Answers wait for the model, not for this machine. */
const CONCURRENCY = 16;

@Processor('chat')
export class ChatProcessor {
  constructor(
    private readonly worker: ChatWorker,
    private readonly requester: AnswerRequester,
    private readonly planner: CondensationPlanner,
  ) {}

  @Process({ concurrency: CONCURRENCY })
  async work({ data: { id, requestId } }: Job<WakeUp>): Promise<void> {
    const principal = await this.requester.of(id);
    const context = { requestId, via: 'job' as const, ...(principal ? { principal } : {}) };
    await runInContext(context, async () => {
      await this.worker.take(id);
      await this.planner.after(id);
    });
  }
}

import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { runInContext } from '../../../platform/context/request-context.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { PullRequestsService } from '../../github/index.js';
import { PullRequestWorker } from '../pulls/pull-request-worker.service.js';
import { RequesterPrincipal } from '../requester-principal.js';

const CONCURRENCY = 4;

@Processor('pull-request')
export class PullRequestProcessor {
  constructor(
    private readonly worker: PullRequestWorker,
    private readonly pulls: PullRequestsService,
    private readonly requesters: RequesterPrincipal,
  ) {}

  @Process({ concurrency: CONCURRENCY })
  async work({ data }: Job<WakeUp>): Promise<void> {
    const intent = await this.pulls.byId(data.id);
    const principal = intent?.requestedBy ? await this.requesters.byId(intent.requestedBy) : undefined;
    const context = { requestId: data.requestId, via: 'job' as const, ...(principal ? { principal } : {}) };
    await runInContext(context, () => this.worker.take(data.id));
  }
}

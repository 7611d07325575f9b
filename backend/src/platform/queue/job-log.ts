import { getQueueToken } from '@nestjs/bull';
import { Injectable, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Job, Queue } from 'bull';
import { runInContext } from '../context/request-context.js';
import { QUEUES, type QueueName, type WakeUp } from './queues.js';

/** One line when a worker takes a job and one when it is done with it, under the id of the request that caused it. */
@Injectable()
export class JobLog implements OnModuleInit {
  private readonly logger = new Logger('Job');

  constructor(private readonly modules: ModuleRef) {}

  onModuleInit(): void {
    for (const name of QUEUES) {
      const queue = this.queue(name);
      queue.on('active', (job: Job<WakeUp>) => {
        this.write(job, 'job taken', {});
      });
      queue.on('completed', (job: Job<WakeUp>) => {
        this.write(job, 'job done', { milliseconds: Date.now() - (job.processedOn ?? Date.now()) });
      });
      queue.on('failed', (job: Job<WakeUp>, error: Error) => {
        this.write(job, 'job failed', { error });
      });
    }
  }

  private queue(name: QueueName): Queue<WakeUp> {
    return this.modules.get<Queue<WakeUp>>(getQueueToken(name), { strict: false });
  }

  private write({ data, queue }: Job<WakeUp>, message: string, facts: Record<string, unknown>): void {
    const line = { message, queue: queue.name, id: data.id, ...facts };
    runInContext({ requestId: data.requestId, via: 'job' }, () => {
      if ('error' in facts) this.logger.error(line);
      else this.logger.log(line);
    });
  }
}

@Module({ providers: [JobLog] })
export class JobLogModule {}

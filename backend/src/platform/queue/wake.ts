import type { Queue } from 'bull';
import { Logger } from '@nestjs/common';
import { currentContext } from '../context/request-context.js';
import { newId } from '../database/ids.js';
import type { WakeUp } from './queues.js';

const logger = new Logger('Queue');

/**
 * Tells a worker about a row, once at a time (the row's id is the job's id).
 * Redis being down is no failure of the act: the row is stored, the relay finds it later.
 */
export async function wake(queue: Queue<WakeUp>, id: string, options: { delayMs?: number } = {}): Promise<void> {
  const requestId = currentContext()?.requestId ?? newId();
  try {
    await queue.add({ id, requestId }, { jobId: id, ...(options.delayMs ? { delay: options.delayMs } : {}) });
  } catch (error) {
    logger.warn({ message: 'job not enqueued; the relay will', queue: queue.name, id, error });
  }
}

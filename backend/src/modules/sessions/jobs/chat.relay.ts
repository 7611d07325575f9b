import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { Relay } from '../../../platform/queue/relay.js';
import { MessagesRepository } from '../repositories/messages.repository.js';

/** Answers whose job, or whose worker, was lost are written nevertheless. */
@Injectable()
export class ChatRelay extends Relay {
  constructor(
    @InjectQueue('chat') queue: Queue<WakeUp>,
    private readonly messages: MessagesRepository,
  ) {
    super(queue);
  }

  protected due(limit: number): Promise<string[]> {
    return this.messages.due(limit);
  }
}

import { Injectable } from '@nestjs/common';
import { Wakeups } from '../../../platform/streams/wakeups.js';
import { MessagesRepository } from '../repositories/messages.repository.js';

/** A wake-up can be lost; then the row itself is looked at. */
const LOOK_MS = 2_000;

const stopKey = (messageId: string): string => `chat-stop:${messageId}`;

/** Brings a person's wish to stop an answer to the worker that writes it. */
@Injectable()
export class StopWatch {
  constructor(
    private readonly wakeups: Wakeups,
    private readonly messages: MessagesRepository,
  ) {}

  /** After the wish was stored. */
  async tell(messageId: string): Promise<void> {
    await this.wakeups.send(stopKey(messageId)).catch(() => undefined);
  }

  /** Aborts `stop` once somebody wants the answer to stop; ends with `until`. */
  async watch(messageId: string, stop: AbortController, until: AbortSignal): Promise<void> {
    const listener = await this.wakeups.listen(stopKey(messageId));
    try {
      while (!until.aborted && !stop.signal.aborted) {
        if (await this.messages.stopRequested(messageId)) stop.abort();
        else await listener.next(LOOK_MS, until);
      }
    } finally {
      await listener.close();
    }
  }
}

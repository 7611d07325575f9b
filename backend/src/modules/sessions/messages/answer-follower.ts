import { Injectable } from '@nestjs/common';
import type { ServerSentEvent } from '../../../platform/http/sse.js';
import { StreamLog, idAfter, reaches } from '../../../platform/streams/stream-log.js';
import { answerKey } from '../chat/answer-streams.js';
import type { Message } from '../entities/message.entity.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { EndWatch } from './end-watch.js';
import { MessagePresenter } from './message.presenter.js';

const isEnd = ({ event }: ServerSentEvent): boolean => event === 'done' || event === 'error';

/** An answer for its readers: from the beginning, or from where they left off, to its end. */
@Injectable()
export class AnswerFollower {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly streams: StreamLog,
    private readonly presenter: MessagePresenter,
  ) {}

  /**
   * What has ended is `done` at once for those who come new; who comes back with the id of an event gets exactly the rest. Where
   * the stream itself is gone, the stored message is the rest.
   */
  async *follow(
    { id, status }: Message,
    lastId: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ServerSentEvent, void> {
    const newest = await this.streams.lastId(answerKey(id));
    if (status !== 'streaming' && newest && lastId && reaches(lastId, newest)) return;
    if (status === 'streaming' || lastId !== undefined) {
      for await (const event of this.written(id, lastId, signal)) {
        yield event;
        if (isEnd(event)) return;
      }
    }
    const ended = signal.aborted ? null : await this.messages.find(id);
    if (!ended) return;
    const before = await this.streams.lastId(answerKey(id));
    const position = before ? idAfter(before) : `${Date.now()}-0`;
    yield { id: position, event: 'done', data: { message: await this.presenter.one(ended) } };
  }

  /** The events as the worker writes them, until it has ended. */
  private async *written(
    id: string,
    lastId: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ServerSentEvent, void> {
    const over = new AbortController();
    const watch = new EndWatch(over, () => this.messages.find(id));
    let position = lastId;
    try {
      await watch.start({ patient: (await this.streams.lastId(answerKey(id))) !== undefined });
      for await (const entry of this.streams.follow(answerKey(id), lastId, AbortSignal.any([signal, over.signal]))) {
        position = entry.id;
        yield entry;
      }
      // What was written between the last look into the stream and the end.
      while (!signal.aborted) {
        const rest = await this.streams.read(answerKey(id), position);
        if (rest.length === 0) break;
        yield* rest;
        position = rest.at(-1)?.id;
      }
    } finally {
      watch.stop();
    }
  }
}

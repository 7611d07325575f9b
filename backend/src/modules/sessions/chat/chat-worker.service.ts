import { Injectable, Logger } from '@nestjs/common';
import { type Lease, LeaseLostError, Leases } from '../../../platform/database/lease.js';
import { isOutage } from '../../../platform/database/outage.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import type { Message, MessageError } from '../entities/message.entity.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { AnswerStreams } from './answer-streams.js';
import { AnswerTasks } from './answer-task.service.js';
import { AnswerWriter, type Draft } from './answer-writer.js';
import { type AnswerEnd, ChatRecorder } from './chat-recorder.js';
import { leftOutOf } from './left-out.js';
import { retrievalOf } from './retriever.js';
import { StopWatch } from './stop-watch.js';

const LEASE_SECONDS = 15;
/** An answer that takes its workers along is given up. */
const MOST_ATTEMPTS = 5;

const GIVEN_UP: MessageError = {
  code: 'sessions.answer-interrupted',
  detail: 'The answer was interrupted again and again. Try again later.',
};

/** Writes the answers that wait for one. */
@Injectable()
export class ChatWorker {
  private readonly logger = new Logger(ChatWorker.name);

  constructor(
    private readonly leases: Leases,
    private readonly messages: MessagesRepository,
    private readonly tasks: AnswerTasks,
    private readonly writer: AnswerWriter,
    private readonly stopWatch: StopWatch,
    private readonly streams: AnswerStreams,
    private readonly recorder: ChatRecorder,
  ) {}

  async take(id: string): Promise<void> {
    await this.leases.hold('messages', id, { seconds: LEASE_SECONDS }, async (lease, lost) => {
      const answer = await this.messages.find(id);
      if (answer?.status !== 'streaming') return;
      try {
        await this.work(lease, answer, lost);
      } catch (error) {
        if (!(error instanceof LeaseLostError)) throw error;
      }
    });
  }

  /** @throws LeaseLostError when another worker has it, or nobody any more because it was deleted */
  private async work(lease: Lease, answer: Message, lost: AbortSignal): Promise<void> {
    const seen = lease.fence > 1 ? await this.streams.textSoFar(answer.id) : '';
    const end =
      answer.attempts > MOST_ATTEMPTS
        ? ({ status: 'failed', text: seen, retrieval: null, error: GIVEN_UP } as const)
        : await this.write(answer, seen, lost);
    await this.recorder.ended(lease, answer, end);
  }

  private async write(answer: Message, seen: string, lost: AbortSignal): Promise<AnswerEnd> {
    const stop = new AbortController();
    const over = new AbortController();
    const watching = this.stopWatch.watch(answer.id, stop, over.signal);
    const draft: Draft = { text: seen, retrieval: null };
    const signal = AbortSignal.any([lost, stop.signal]);
    try {
      const task = await this.tasks.of(answer, signal);
      const teller = this.streams.teller(answer.id);
      draft.retrieval = retrievalOf(task.found, []);
      draft.leftOut = leftOutOf(task.prompt.parts);
      await teller.event('context', { retrieval: draft.retrieval });
      await this.writer.write(task, draft, { seen, teller, signal });
      return { status: 'complete', ...draft };
    } catch (error) {
      lost.throwIfAborted();
      // The answer waits in its row until a worker finds the database again.
      if (isOutage(error)) throw error;
      if (stop.signal.aborted) return { status: 'stopped', ...draft };
      return { status: 'failed', ...draft, error: this.explain(answer, error) };
    } finally {
      over.abort();
      await watching;
    }
  }

  private explain({ id: messageId }: Message, error: unknown): MessageError {
    if (error instanceof DomainError) return { code: error.code, detail: error.detail, kind: error.kind };
    this.logger.error({ message: 'answering failed', messageId, error });
    return { code: 'internal', detail: 'Something went wrong on the server. Try again.' };
  }
}

import { Injectable, Logger } from '@nestjs/common';
import { StreamLog } from '../../../platform/streams/stream-log.js';
import { AnswerTeller } from './answer-teller.js';

/** How long an answer can be followed again after its end. */
const TTL_SECONDS = 3_600;

export const answerKey = (messageId: string): string => `chat:${messageId}`;

/**
 * Where answers are streamed to: `context {retrieval}`, `delta {text}`, at the end `done {message}` or `error {problem}`. The
 * deltas together are the stored text; a worker that has to begin anew with other words tells no more of them, and `done` has
 * the whole (see Recital).
 */
@Injectable()
export class AnswerStreams {
  private readonly logger = new Logger(AnswerStreams.name);

  constructor(private readonly streams: StreamLog) {}

  teller(messageId: string): AnswerTeller {
    return new AnswerTeller(async (event, data) => {
      try {
        await this.streams.append(answerKey(messageId), { event, data }, { ttlSeconds: TTL_SECONDS });
      } catch (error) {
        this.logger.warn({ message: 'readers of an answer were not told', messageId, event, error });
      }
    });
  }

  /** What readers have seen of it so far. */
  async textSoFar(messageId: string): Promise<string> {
    let text = '';
    let after: string | undefined;
    for (;;) {
      const entries = await this.streams.read(answerKey(messageId), after);
      for (const { event, data } of entries) {
        if (event === 'delta') text += (data as { text: string }).text;
      }
      after = entries.at(-1)?.id;
      if (after === undefined) return text;
    }
  }
}

import { Injectable } from '@nestjs/common';
import { type Lease, LeaseLostError } from '../../../platform/database/lease.js';
import { Transactions } from '../../../platform/database/transactions.js';
import type { LlmUsage } from '../../../platform/llm/llm.types.js';
import { AuditLog } from '../../audit/index.js';
import type { Retrieval } from '../dto/message.dto.js';
import type { LeftOut, Message, MessageError } from '../entities/message.entity.js';
import { CitationsRepository } from '../repositories/citations.repository.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { SessionAccessService } from '../session-access.service.js';
import { AnswerEnding } from './answer-ending.js';

/** How an answer has ended. */
export interface AnswerEnd {
  readonly status: 'complete' | 'stopped' | 'failed';
  readonly text: string;
  readonly retrieval: Retrieval | null;
  readonly leftOut?: readonly LeftOut[];
  /** Missing when the model was not asked. */
  readonly usage?: LlmUsage;
  readonly error?: MessageError;
}

/** Stores how an answer has ended, whole, under its lease, and tells. */
@Injectable()
export class ChatRecorder {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly citations: CitationsRepository,
    private readonly access: SessionAccessService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly ending: AnswerEnding,
  ) {}

  /** @throws LeaseLostError when the answer is no longer this worker's. */
  async ended(lease: Lease, answer: Message, end: AnswerEnd): Promise<void> {
    const { id, sessionId } = answer;
    await this.transactions.run(async (tx) => {
      if (!(await this.messages.finish(tx, lease, changeOf(answer, end)))) throw new LeaseLostError(lease);
      await this.citations.insert(tx, citationsOf(id, end.retrieval));
      await this.access.touch(tx, sessionId);
      await this.audit.record(tx, {
        action: 'message.answer',
        target: { type: 'message', id, name: null },
        result: end.status === 'failed' ? 'error' : 'ok',
        ...(end.error ? { reason: end.error.code } : {}),
        details: detailsOf(answer, end),
      });
    });
    await this.ending.tell(answer, end.error);
  }
}

function changeOf(answer: Message, { status, text, usage, error, retrieval, leftOut }: AnswerEnd): Partial<Message> {
  return {
    ...{ status, text, error: error ?? null, model: usage?.model ?? answer.model },
    ...(usage ? { promptTokens: usage.prompt, completionTokens: usage.completion, costUsd: usage.costUsd ?? 0 } : {}),
    leftOut: leftOut?.length ? leftOut : null,
    ...{ retrievalState: retrieval?.state ?? null, retrievalCommit: retrieval?.commit ?? null },
  };
}

function citationsOf(messageId: string, retrieval: Retrieval | null) {
  const commitSha = retrieval?.commit;
  if (!commitSha) return [];
  return retrieval.citations.map((citation, ordinal) => ({ messageId, ordinal, commitSha, ...citation }));
}

function detailsOf({ sessionId }: Message, { status, usage, retrieval }: AnswerEnd): Record<string, unknown> {
  return {
    ...{ sessionId, status },
    ...(usage ? { model: usage.model, tokens: usage.prompt + usage.completion, costUsd: usage.costUsd ?? 0 } : {}),
    ...(retrieval ? { retrieval: retrieval.state, commit: retrieval.commit } : {}),
  };
}

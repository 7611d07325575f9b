import { Injectable } from '@nestjs/common';
import { modelInterrupted } from '../../../platform/llm/llm.errors.js';
import type { LlmUsage } from '../../../platform/llm/llm.types.js';
import { MeteredModel } from '../../auth/index.js';
import type { PassageAnswer } from '../../embeddings/index.js';
import type { Retrieval } from '../dto/message.dto.js';
import type { LeftOut, Message } from '../entities/message.entity.js';
import type { Session } from '../entities/session.entity.js';
import type { AnswerTeller } from './answer-teller.js';
import { CitationFilter } from './citation-filter.js';
import { MarkerFilter } from './marker-filter.js';
import type { AssembledPrompt } from './prompt-assembly.js';
import { Recital } from './recital.js';
import { Retriever, retrievalOf } from './retriever.js';

/** What an answer is written from. */
export interface AnswerTask {
  readonly answer: Message;
  /** On whose behalf. */
  readonly userId: string;
  readonly session: Session;
  /** `owner/name` */
  readonly repository: string;
  readonly found: PassageAnswer;
  readonly prompt: AssembledPrompt;
}

/** What there is of an answer so far; it stays when the rest fails. */
export interface Draft {
  text: string;
  retrieval: Retrieval | null;
  /** What of the prompt had no room. */
  leftOut?: readonly LeftOut[];
  /** What the model took, as far as it is known: counted here until the model itself tells. */
  usage?: LlmUsage;
}

const TEMPERATURE = 0.2;

/** Brings the model's words to the readers, without citations of what is not there. */
@Injectable()
export class AnswerWriter {
  constructor(
    private readonly model: MeteredModel,
    private readonly retriever: Retriever,
  ) {}

  /**
   * Fills `draft` as the answer comes in; `seen` is what an earlier worker has told of it.
   * @throws DomainError `auth.budget-exceeded`, of the `llm.` family; the signal's reason
   */
  async write(task: AnswerTask, draft: Draft, { seen, teller, signal }: Reading): Promise<void> {
    const { answer, userId, session, repository, found, prompt } = task;
    const markers = new MarkerFilter(prompt.boundary.tag);
    const filter = new CitationFilter((citation) => this.retriever.exists(userId, session, found, citation));
    const recital = new Recital(seen, (text) => teller.delta(text));
    const model = answer.model === null ? {} : { model: answer.model };
    const { messages, answerTokens: maxTokens } = prompt;
    const request = { ...model, messages, maxTokens, temperature: TEMPERATURE, signal };
    const call = await this.model.call(request, { userId, kind: 'chat', ref: answer.id, repository });
    draft.text = seen;
    try {
      for await (const event of call.stream()) {
        if (event.type === 'delta') recital.write(await filter.push(markers.push(storable(event.text))));
        if (event.type === 'usage') {
          recital.write(await filter.push(markers.end()));
          recital.write(await filter.end());
          Object.assign(draft, { text: recital.whole, usage: event });
          return;
        }
      }
      throw modelInterrupted();
    } catch (error) {
      draft.text = recital.told;
      if (call.usage) draft.usage = call.usage;
      throw error;
    } finally {
      draft.retrieval = retrievalOf(found, filter.citations);
      await teller.flushed();
    }
  }
}

/** PostgreSQL's texts hold no NUL, whatever a model writes. */
const storable = (text: string): string => text.replaceAll('\0', '');

/** The readers of an answer. */
export interface Reading {
  readonly seen: string;
  readonly teller: AnswerTeller;
  readonly signal: AbortSignal;
}

import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import type { LlmMessage } from '../../../platform/llm/llm.types.js';
import { type PackedPart, packPrompt } from '../../../platform/llm/prompt-budget.js';
import { countTokens } from '../../../platform/llm/tokenizer.js';
import { DataBoundary } from '../../../platform/llm/untrusted.js';
import type { PassageAnswer } from '../../embeddings/index.js';
import type { ContextCard } from '../entities/context-card.entity.js';
import type { Message } from '../entities/message.entity.js';
import { AttachmentsRepository } from '../repositories/attachments.repository.js';
import { CardsRepository } from '../repositories/cards.repository.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { chatRules } from './chat-rules.js';
import {
  attachmentPart,
  cardPart,
  type ChatPart,
  questionPart,
  rulesPart,
  spanPart,
  turnPart,
} from './prompt-parts.js';

export interface PromptWish {
  readonly session: { readonly id: string; readonly branch: string };
  /** `owner/name` */
  readonly repository: string;
  /** The message after which the prompt begins; null for a new beginning. */
  readonly afterId: string | null;
  /** What is asked now; without it, this is what the next prompt would hold beside the question and its passages. */
  readonly question?: Message;
  readonly found: PassageAnswer;
}

export interface AssembledPrompt {
  /** Everything that was considered, in the order of the prompt; what a person has dropped is `left-out`. */
  readonly parts: readonly PackedPart<ChatPart>[];
  readonly tokens: number;
  readonly budget: number;
  readonly messages: readonly LlmMessage[];
}

/** Older turns are not looked at. */
const MOST_TURNS = 60;
const MOST_ANSWER_TOKENS = 4_096;

/** Tokens kept free for the answer. */
export const answerTokens = (contextTokens: number): number =>
  Math.min(MOST_ANSWER_TOKENS, Math.floor(contextTokens / 4));

/** Puts a prompt together: rules, cards, passages, turns and the question, in a budget of tokens. */
@Injectable()
export class PromptAssembly {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly messages: MessagesRepository,
    private readonly cards: CardsRepository,
    private readonly attachments: AttachmentsRepository,
  ) {}

  /** @throws DomainError `llm.prompt-too-large` when the pinned cards have no room beside rules and question. */
  async assemble(wish: PromptWish): Promise<AssembledPrompt> {
    const budget = this.config.LLM_CONTEXT_TOKENS - answerTokens(this.config.LLM_CONTEXT_TOKENS);
    const all = await this.parts(wish, new DataBoundary());
    const packed = packPrompt(
      all.filter(({ dropped }) => !dropped),
      budget,
    );
    const taken = new Map(packed.parts.map((each) => [each.part, each]));
    const parts = all.map((part) => taken.get(part) ?? leftOut(part));
    return { parts, tokens: packed.tokens, budget, messages: toMessages(parts) };
  }

  private async parts(wish: PromptWish, boundary: DataBoundary): Promise<ChatPart[]> {
    const { session, repository, question, found, afterId } = wish;
    const [cards, sent, branch] = await Promise.all([
      this.cards.all(session.id),
      question ? this.cards.ofMessage(question.id) : [],
      afterId === null ? [] : this.messages.branch(session.id, afterId, { limit: MOST_TURNS }),
    ]);
    const turns = branch.filter(isSaid);
    const said = [...(question ? [question] : []), ...turns];
    const files = await this.attachments.ofMessages(said.map(({ id }) => id));
    const subject = { repository, branch: session.branch, commit: found.commit };
    return [
      rulesPart(`${chatRules(subject, found.state)}\n${boundary.rule}`),
      ...cardParts(cards, sent, boundary),
      ...files.map((file) => attachmentPart(file, boundary, file.messageId === question?.id)),
      ...found.passages.map((passage, rank) => spanPart(passage, boundary, rank)),
      ...turns.map(turnPart).reverse(),
      ...(question ? [questionPart(question)] : []),
    ];
  }
}

function leftOut(part: ChatPart): PackedPart<ChatPart> {
  return { part, state: 'left-out', text: '', tokens: countTokens(part.text) };
}

/** An answer that failed before its first word says nothing. */
const isSaid = ({ text, role }: Message): boolean => text.trim() !== '' && role !== 'system';

function cardParts(cards: readonly ContextCard[], sent: readonly ContextCard[], boundary: DataBoundary): ChatPart[] {
  const along = new Set(sent.map(({ id }) => id));
  return cards.map((card) => cardPart(card, boundary, along.has(card.id)));
}

/** Data stands with the rules that tell how to read it; turns and the question speak for themselves. */
function toMessages(parts: readonly PackedPart<ChatPart>[]): LlmMessage[] {
  const taken = parts.filter(({ state }) => state !== 'left-out');
  const data = taken.filter(({ part }) => part.role === undefined);
  return [
    { role: 'system', content: data.map(({ text }) => text).join('\n\n') },
    ...taken.flatMap(({ part, text }): LlmMessage[] => (part.role ? [{ role: part.role, content: text }] : [])),
  ];
}

import { Injectable } from '@nestjs/common';
import type { LlmMessage } from '../../../platform/llm/llm.types.js';
import { PromptWindows } from '../../../platform/llm/prompt-windows.js';
import type { DataBoundary } from '../../../platform/llm/untrusted.js';
import { inTurns } from '../../../platform/text/in-turns.js';
import type { Passage, PassageAnswer } from '../../embeddings/index.js';
import { ConversationHistory, type History } from '../condensing/conversation-history.js';
import type { Attachment } from '../entities/attachment.entity.js';
import type { ContextCard } from '../entities/context-card.entity.js';
import type { Message } from '../entities/message.entity.js';
import { AttachmentsRepository } from '../repositories/attachments.repository.js';
import { CardsRepository } from '../repositories/cards.repository.js';
import { chatRules } from './chat-rules.js';
import { PromptMarkers } from './prompt-markers.js';
import { packChat, type PackedChat, type PackedChatPart } from './prompt-packing.js';
import {
  attachmentPart,
  cardPart,
  type ChatPart,
  condensationPart,
  olderPart,
  questionPart,
  rulesPart,
  spanPart,
  statePart,
  turnPart,
} from './prompt-parts.js';

export interface PromptWish {
  readonly session: { readonly id: string; readonly branch: string };
  /** `owner/name` */
  readonly repository: string;
  /** Null for the standard model. */
  readonly model: string | null;
  /** The message after which the prompt begins; null for a new beginning. */
  readonly afterId: string | null;
  /** What is asked now; without it, this is what the next prompt would hold beside the question and its passages. */
  readonly question?: Message;
  readonly found: PassageAnswer;
}

export interface AssembledPrompt extends PackedChat {
  readonly messages: readonly LlmMessage[];
  readonly boundary: DataBoundary;
  readonly history: History;
  readonly answerTokens: number;
}

const MOST_ANSWER_TOKENS = 4_096;
const ANSWER_SHARE = 1 / 4;
/** Uploads of messages before these are not looked at. */
const MOST_TURNS_WITH_FILES = 60;

/** Puts a prompt together: rules, cards, passages, the conversation and the question, within the model's window. */
@Injectable()
export class PromptAssembly {
  constructor(
    private readonly windows: PromptWindows,
    private readonly markers: PromptMarkers,
    private readonly histories: ConversationHistory,
    private readonly cards: CardsRepository,
    private readonly attachments: AttachmentsRepository,
  ) {}

  /** Whether it may be sent, `refused` tells. */
  async assemble(wish: PromptWish): Promise<AssembledPrompt> {
    const window = await this.windows.of(wish.model);
    const answerTokens = Math.min(MOST_ANSWER_TOKENS, Math.floor(window.tokens * ANSWER_SHARE));
    const budget = window.promptTokens(answerTokens);
    const history = await this.histories.of(wish.session.id, wish.afterId, budget);
    const boundary = this.markers.at(wish.session.id, wish.afterId);
    const packed = await packChat(await this.parts(wish, history, boundary), budget);
    const parts = [...packed.parts, ...olderPart(history.older)];
    return { ...packed, parts, messages: toMessages(packed.parts), boundary, history, answerTokens };
  }

  private async parts(wish: PromptWish, history: History, boundary: DataBoundary): Promise<ChatPart[]> {
    const { session, repository, question, found } = wish;
    const saidBefore = [...history.covered, ...history.turns].slice(-MOST_TURNS_WITH_FILES);
    const [cards, sent, files] = await Promise.all([
      this.cards.all(session.id),
      question ? this.cards.ofMessage(question.id) : [],
      this.attachments.ofMessages([...(question ? [question] : []), ...saidBefore].map(({ id }) => id)),
    ]);
    const subject = { repository, branch: session.branch, commit: found.commit };
    return [
      rulesPart(`${chatRules(subject)}\n${boundary.rule}`),
      ...(await cardParts(cards, sent, boundary)),
      ...(await fileParts(files, question?.id, boundary)),
      ...statePart(found.state),
      ...spanParts(found.passages, boundary),
      ...(await historyParts(history, boundary)),
      ...(question ? [questionPart(question)] : []),
    ];
  }
}

function cardParts(
  cards: readonly ContextCard[],
  sent: readonly ContextCard[],
  boundary: DataBoundary,
): Promise<ChatPart[]> {
  const along = new Set(sent.map(({ id }) => id));
  return inTurns(cards, (card) => cardPart(card, boundary, along.has(card.id)));
}

function fileParts(
  files: readonly (Attachment & { readonly messageId: string })[],
  questionId: string | undefined,
  boundary: DataBoundary,
): Promise<ChatPart[]> {
  return inTurns(files, (file) => attachmentPart(file, boundary, file.messageId === questionId));
}

function spanParts(passages: readonly Passage[], boundary: DataBoundary): ChatPart[] {
  const seen = new Map<string, number>();
  return passages.map((passage) => {
    const nth = seen.get(passage.path) ?? 0;
    seen.set(passage.path, nth + 1);
    return spanPart(passage, boundary, nth);
  });
}

async function historyParts(
  { condensation, covered, coveredTurns, turns }: History,
  boundary: DataBoundary,
): Promise<ChatPart[]> {
  const all = [...coveredTurns, ...turns];
  const said = await inTurns(all, (turn, at) =>
    turnPart(turn, boundary, { age: all.length - 1 - at, covered: at < coveredTurns.length }),
  );
  return [...(condensation ? [condensationPart(condensation, boundary, covered.length)] : []), ...said];
}

/** Data stands with the rules that tell how to read it; turns and the question speak for themselves. */
export function toMessages(parts: readonly PackedChatPart[]): LlmMessage[] {
  const taken = parts.filter(({ state }) => state !== 'left-out');
  const data = taken.filter(({ part }) => part.role === undefined);
  return [
    { role: 'system', content: data.map(({ text }) => text).join('\n\n') },
    ...taken.flatMap(({ part, text }): LlmMessage[] => (part.role ? [{ role: part.role, content: text }] : [])),
  ];
}

import type { PromptPart } from '../../../platform/llm/prompt-budget.js';
import { truncateToTokens } from '../../../platform/llm/tokenizer.js';
import type { DataBoundary } from '../../../platform/llm/untrusted.js';
import type { Passage } from '../../embeddings/index.js';
import type { Attachment } from '../entities/attachment.entity.js';
import type { ContextCard } from '../entities/context-card.entity.js';
import type { Message } from '../entities/message.entity.js';
import { titleFrom } from '../messages/title-from.js';

export type PartKind = 'rules' | 'card' | 'span' | 'turn' | 'attachment' | 'question';

/** A piece of a chat prompt. */
export interface ChatPart extends PromptPart {
  readonly kind: PartKind;
  /** What a person calls it. */
  readonly title: string;
  readonly pinned: boolean;
  /** Left out by a person. */
  readonly dropped: boolean;
  /** Of turns and the question: who speaks. */
  readonly role?: 'user' | 'assistant';
}

/** In the order in which parts get their room; required ones come first anyway. */
const PRIORITY = { sentCard: 1, sentFile: 1, turn: 2, span: 3, card: 4, earlierFile: 5 };
/** Keeps parts of one kind in their order. */
const STEP = 1 / 1_000;
/** Less than this of a text is no use. */
const LEAST_TOKENS = 40;
const CUT_MARK = '\n[… shortened]';
const CUT_TOKENS = 8;
/** What the markers around a block of data take. */
const WRAP_TOKENS = 80;

const shortened = (text: string, most: number): string | null =>
  most < LEAST_TOKENS ? null : truncateToTokens(text, most - CUT_TOKENS) + CUT_MARK;

export const rulesPart = (text: string): ChatPart => ({
  ...{ id: 'rules', kind: 'rules', title: 'Rules for the assistant', pinned: true, dropped: false },
  ...{ text, priority: 0, required: true },
});

/** A pinned card is never left out silently: a prompt that has no room for it is refused. */
export function cardPart(card: ContextCard, boundary: DataBoundary, sent: boolean): ChatPart {
  const { id, title, content, pinned, dropped, path, startLine, endLine, commitSha } = card;
  const place: Record<string, string> =
    path === null ? {} : { path, lines: `${startLine ?? 1}-${endLine ?? 1}`, commit: commitSha ?? '' };
  return {
    ...{ id: `card:${id}`, kind: 'card', title, pinned, dropped: dropped && !sent },
    text: boundary.wrap('card', content, { title, ...place }),
    priority: sent ? PRIORITY.sentCard : PRIORITY.card,
    required: pinned && !dropped,
  };
}

export function spanPart({ path, startLine, endLine, text }: Passage, boundary: DataBoundary, rank: number): ChatPart {
  const lines = `${startLine}-${endLine}`;
  return {
    ...{ id: `span:${path}:${lines}`, kind: 'span', title: `${path}:${lines}`, pinned: false, dropped: false },
    text: boundary.wrap('span', text, { path, lines }),
    priority: PRIORITY.span + rank * STEP,
  };
}

/** Newer turns get their room first; an older one is shortened rather than left out. */
export function turnPart({ id, role, text, dropped }: Message, age: number): ChatPart {
  return {
    ...{ id: `turn:${id}`, kind: 'turn', title: titleFrom(text), pinned: false, dropped, text },
    role: role === 'assistant' ? 'assistant' : 'user',
    priority: PRIORITY.turn + age * STEP,
    condense: (most) => shortened(text, most),
  };
}

export function attachmentPart({ id, name, content }: Attachment, boundary: DataBoundary, sent: boolean): ChatPart {
  return {
    ...{ id: `attachment:${id}`, kind: 'attachment', title: name, pinned: false, dropped: false },
    text: boundary.wrap('attachment', content, { name }),
    priority: sent ? PRIORITY.sentFile : PRIORITY.earlierFile,
    condense: (most) => {
      const cut = shortened(content, most - WRAP_TOKENS);
      return cut === null ? null : boundary.wrap('attachment', cut, { name });
    },
  };
}

/** A question may be longer than the whole budget: then its beginning has to do. */
export const questionPart = ({ id, text }: Message): ChatPart => ({
  ...{ id: `question:${id}`, kind: 'question', title: titleFrom(text), pinned: true, dropped: false },
  ...{ text, priority: 1, required: true, role: 'user' },
  condense: (most) => shortened(text, most),
});

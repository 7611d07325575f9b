import type { PackedPart, PromptPart } from '../../../platform/llm/prompt-budget.js';
import { truncateToTokens } from '../../../platform/llm/tokenizer.js';
import type { DataBoundary } from '../../../platform/llm/untrusted.js';
import { stripInvisible } from '../../../platform/text/invisible.js';
import type { Passage } from '../../embeddings/index.js';
import type { Attachment } from '../entities/attachment.entity.js';
import type { Condensation } from '../entities/condensation.entity.js';
import type { ContextCard } from '../entities/context-card.entity.js';
import type { Message, RetrievalState } from '../entities/message.entity.js';
import type { Step } from '../repositories/condensations.repository.js';
import { WITHOUT_PASSAGES } from './chat-rules.js';
import { titleFrom } from '../messages/title-from.js';

export type PartKind = 'rules' | 'card' | 'span' | 'condensation' | 'turn' | 'attachment' | 'question';

/** Which room of a prompt a part takes; see packChat. */
export type Room = 'fixed' | 'sent' | 'history' | 'kept' | 'found';

/** A piece of a chat prompt. */
export interface ChatPart extends PromptPart {
  readonly kind: PartKind;
  readonly room: Room;
  /** What a person calls it. */
  readonly title: string;
  readonly pinned: boolean;
  /** Left out by a person. */
  readonly dropped: boolean;
  /** Of turns and the question: who speaks. */
  readonly role?: 'user' | 'assistant';
  /** Of turns: whether the condensation stands for it, so that it is told in its own words only where all of them are. */
  readonly covered?: boolean;
}

/** Less than this of a text is no use. */
const LEAST_TOKENS = 40;
/** A longer question may be shortened to this, not to less. */
export const LEAST_QUESTION = 200;
const CUT_MARK = '\n[… shortened]';
const CUT_TOKENS = 8;
/** What the markers around a block of data take at most, beside its attributes. */
const WRAP_TOKENS = 80;

function shortened(text: string, most: number, least = LEAST_TOKENS): string | null {
  if (most < least) return null;
  return truncateToTokens(text, most - CUT_TOKENS) + CUT_MARK;
}

/** A shorter wording of a block of data. */
const shorterBlock =
  (text: string, wrap: (text: string) => string) =>
  (most: number): string | null => {
    const cut = shortened(text, most - WRAP_TOKENS);
    return cut === null ? null : wrap(cut);
  };

export const rulesPart = (text: string): ChatPart => ({
  ...{ id: 'rules', kind: 'rules', room: 'fixed', title: 'Rules for the assistant', pinned: true, dropped: false },
  ...{ text, priority: 0 },
});

/** Why there are no passages: known once a question is asked, as these are, and in their room. */
export function statePart(state: RetrievalState): ChatPart[] {
  if (state === 'found') return [];
  const title = 'Why there are no passages';
  return [
    {
      ...{ id: 'passages', kind: 'rules', room: 'found', title, pinned: false, dropped: false },
      ...{ text: WITHOUT_PASSAGES[state], priority: -1 },
    },
  ];
}

/** A pinned card is never left out silently: a prompt that has no room for it is refused. */
export function cardPart(card: ContextCard, boundary: DataBoundary, sent: boolean): ChatPart {
  const { id, title, content, pinned, dropped, path, startLine, endLine, commitSha } = card;
  const place: Record<string, string> =
    path === null ? {} : { path, lines: `${startLine ?? 1}-${endLine ?? 1}`, commit: commitSha ?? '' };
  const room = pinned && !dropped ? 'fixed' : sent ? 'sent' : 'kept';
  return {
    ...{ id: `card:${id}`, kind: 'card', room, title, pinned, dropped: dropped && !sent },
    text: boundary.wrap('card', content, { title, ...place }),
    ...{ priority: room === 'fixed' ? 1 : 0, atLeast: storedTokens(card) },
  };
}

/** What a card's content was counted to have; what cannot be seen in it is not sent, so that it may take less then. */
function storedTokens({ content, tokens }: ContextCard): number {
  return stripInvisible(content).length === content.length ? tokens : 0;
}

/** `nth` of its file among the passages: each file's best place comes before any file's second. */
export function spanPart(passage: Passage, boundary: DataBoundary, nth: number): ChatPart {
  const { path, startLine, endLine, text } = passage;
  const lines = `${startLine}-${endLine}`;
  return {
    ...{ id: `span:${path}:${lines}`, kind: 'span', room: 'found', title: `${path}:${lines}` },
    ...{ pinned: false, dropped: false, priority: nth },
    text: boundary.wrap('span', text, { path, lines }),
  };
}

export function condensationPart({ id, text, dropped }: Condensation, boundary: DataBoundary, count: number): ChatPart {
  const wrap = (words: string): string => boundary.wrap('condensation', words);
  return {
    ...{
      id: `condensation:${id}`,
      kind: 'condensation',
      room: 'history',
      title: `${count} earlier messages, condensed`,
    },
    ...{ pinned: false, dropped, text: wrap(text), priority: 0, condense: shorterBlock(text, wrap) },
  };
}

/**
 * Newer turns get their room first; an older one is shortened rather than left out. An earlier answer may quote what others
 * wrote, so that it is data, too.
 */
export function turnPart(message: Message, boundary: DataBoundary, { age, covered }: TurnPlace): ChatPart {
  const { id, role, dropped } = message;
  const said = stripInvisible(message.text);
  const isAnswer = role === 'assistant';
  const wrap = (words: string): string => (isAnswer ? boundary.wrap('answer', words) : words);
  return {
    ...{ id: `turn:${id}`, kind: 'turn', room: 'history', title: titleFrom(said), pinned: false, dropped, covered },
    role: isAnswer ? 'assistant' : 'user',
    ...{ text: wrap(said), priority: 1 + age },
    condense: isAnswer ? shorterBlock(said, wrap) : (most) => shortened(said, most),
  };
}

export interface TurnPlace {
  /** 0: the newest. */
  readonly age: number;
  readonly covered: boolean;
}

const BYTES_PER_TOKEN = 4;

/** Messages that are too far back to be counted one by one, as one part that is left out; its tokens are a guess. */
export function olderPart(steps: readonly Step[]): PackedPart<ChatPart>[] {
  const counted = steps.filter(({ dropped }) => !dropped);
  if (counted.length === 0) return [];
  const title = `${counted.length} messages before these`;
  const bytes = counted.reduce((sum, step) => sum + step.bytes, 0);
  const part: ChatPart = {
    ...{
      id: 'turns:older',
      kind: 'turn',
      room: 'history',
      title,
      pinned: false,
      dropped: false,
      text: '',
      priority: 0,
    },
  };
  return [{ part, state: 'left-out', text: '', tokens: Math.ceil(bytes / BYTES_PER_TOKEN) }];
}

export function attachmentPart({ id, name, content }: Attachment, boundary: DataBoundary, sent: boolean): ChatPart {
  const wrap = (words: string): string => boundary.wrap('attachment', words, { name });
  return {
    ...{ id: `attachment:${id}`, kind: 'attachment', room: sent ? 'sent' : 'kept', title: name },
    ...{ pinned: false, dropped: false, text: wrap(content), priority: 1, condense: shorterBlock(content, wrap) },
  };
}

/** A question may be longer than the whole budget: then its beginning has to do, which is said with the answer. */
export function questionPart({ id, text }: Message): ChatPart {
  const said = stripInvisible(text);
  return {
    ...{ id: `question:${id}`, kind: 'question', room: 'fixed', title: titleFrom(said), pinned: true, dropped: false },
    ...{ text: said, priority: 2, role: 'user' },
    condense: (most) => shortened(said, most, LEAST_QUESTION),
  };
}

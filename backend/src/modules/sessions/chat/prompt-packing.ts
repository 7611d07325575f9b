import { aboutTokens, type PackedPart, packPrompt, partTokensWithin } from '../../../platform/llm/prompt-budget.js';
import { type ChatPart, LEAST_QUESTION, type Room } from './prompt-parts.js';

export type PackedChatPart = PackedPart<ChatPart>;

export interface PackedChat {
  /**
   * In the order given; what a person has dropped is `left-out`. Without the condensation where it is not needed, and
   * without the turns that it stands for where it is.
   */
  readonly parts: readonly PackedChatPart[];
  readonly tokens: number;
  readonly budget: number;
  /** Kept for a question and for what is found for it, beyond what they take. */
  readonly reserved: number;
  /** What the conversation so far may take. */
  readonly historyRoom: number;
  /** The pinned part, or the question, that must be in the prompt and has no room. */
  readonly refused: ChatPart | 'question' | undefined;
}

/** Kept for a question that is not known yet. A longer one takes its room from what is not pinned. */
const QUESTION_SHARE = 0.1;
const MOST_QUESTION = 2_000;
/** Of what the pinned parts and the question leave, kept for what is found in the repository. */
const FOUND_SHARE = 0.35;
/** Of the rest: what cards and earlier uploads can count on beside the conversation. */
const KEPT_SHARE = 0.4;

/**
 * Gives every part its room: first what must be there, then what was sent along, the conversation, cards and earlier uploads,
 * and to what was found in the repository all that is left. Only question, passages and what is sent along are not known before
 * a question is asked: room is kept for them, so that what the others get is the same before and after.
 */
export async function packChat(all: readonly ChatPart[], budget: number): Promise<PackedChat> {
  const parts = all.filter(({ dropped }) => !dropped);
  const of = (...rooms: Room[]): ChatPart[] => parts.filter(({ room }) => rooms.includes(room));
  const fixed = await packPrompt(of('fixed'), budget);
  const question = fixed.parts.find(({ part }) => part.kind === 'question');
  const asked = Math.max(0, questionRoom(budget) - (question?.tokens ?? 0));
  const open = Math.max(0, budget - fixed.tokens - asked);
  const found = Math.floor(open * FOUND_SHARE);
  const sent = await packPrompt(of('sent'), open - found);
  const free = open - found - sent.tokens;
  const historyRoom = free - (await wantedOf(of('kept'), Math.floor(free * KEPT_SHARE)));
  const history = await packHistory(of('history'), historyRoom);
  const kept = await packPrompt(of('kept'), free - history.tokens);
  const taken = fixed.tokens + sent.tokens + history.tokens + kept.tokens;
  const spans = await packPrompt(of('found'), budget - taken);
  const packed = new Map(
    [fixed, sent, history, kept, spans].flatMap((group) => group.parts.map((each) => [each.part, each])),
  );
  for (const part of all) if (part.dropped) packed.set(part, await leftOut(part));
  const tokens = taken + spans.tokens;
  return {
    parts: all.flatMap((part) => packed.get(part) ?? []),
    ...{ tokens, budget, historyRoom },
    reserved: Math.min(question ? 0 : asked + found, budget - tokens),
    refused: refusedOf(
      fixed.parts,
      budget - fixed.tokens + (question?.state === 'left-out' ? 0 : (question?.tokens ?? 0)),
    ),
  };
}

const questionRoom = (budget: number): number => Math.min(MOST_QUESTION, Math.floor(budget * QUESTION_SHARE));

/** What these would take together, or `most` where that is less: what is beyond it is not counted. */
async function wantedOf(parts: readonly ChatPart[], most: number): Promise<number> {
  let wanted = 0;
  for (const part of parts) {
    const tokens = await partTokensWithin(part, most - wanted);
    if (tokens === undefined) return most;
    wanted += tokens;
  }
  return wanted;
}

async function leftOut(part: ChatPart): Promise<PackedChatPart> {
  return { part, state: 'left-out', text: '', tokens: await aboutTokens(part) };
}

/** Told in its own words as far as all of it fits; else the condensation stands for what it covers. */
async function packHistory(
  parts: readonly ChatPart[],
  room: number,
): Promise<{ parts: readonly PackedChatPart[]; tokens: number }> {
  const turns = parts.filter(({ kind }) => kind === 'turn');
  const condensation = parts.find(({ kind }) => kind === 'condensation');
  if (!condensation) return packPrompt(turns, room);
  if (turns.some(({ covered }) => covered)) {
    const whole = await packPrompt(turns, room);
    if (whole.parts.every(({ state }) => state === 'whole')) return whole;
  }
  return packPrompt([condensation, ...turns.filter(({ covered }) => !covered)], room);
}

function refusedOf(fixed: readonly PackedChatPart[], left: number): PackedChat['refused'] {
  const without = fixed.find(({ part, state }) => state === 'left-out' && part.kind !== 'question')?.part;
  return without ?? (left < LEAST_QUESTION ? 'question' : undefined);
}

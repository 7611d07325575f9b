import type { PackedChatPart } from '../chat/prompt-packing.js';
import type { Step } from '../repositories/condensations.repository.js';
import { counts, type SplitBranch } from './history.js';

export interface PlanBounds {
  /** Tokens that the conversation may take in the next prompt. */
  readonly room: number;
  /** Tokens that one call can condense. */
  readonly input: number;
}

/** A conversation that takes more of its room is condensed before it outgrows it: the next question does not wait. */
const FULL = 0.75;
/** What of the room newer turns keep, as they were said. */
const KEPT = 0.5;
/** Of texts that were not counted. */
const BYTES_PER_TOKEN = 4;

/**
 * What a next condensation should stand for: the messages up to the one that leaves newer ones half of the room, as many as
 * one call can take; the condensation before it goes in, too. Nothing while the conversation has room enough, or as long as
 * somebody does not want it condensed.
 */
export function planCondensation(
  { condensation, covered, rest }: SplitBranch,
  parts: readonly PackedChatPart[],
  { room, input }: PlanBounds,
): readonly Step[] {
  if (condensation?.dropped) return [];
  const counted = new Map(parts.map(({ part, tokens }) => [part.id, tokens]));
  const sizeOf = ({ id, bytes }: Step): number => counted.get(`turn:${id}`) ?? Math.ceil(bytes / BYTES_PER_TOKEN);
  const said = rest.filter(counts);
  const before = condensation ? (counted.get(`condensation:${condensation.id}`) ?? condensation.wholeTokens) : 0;
  const total = said.reduce((sum, step) => sum + sizeOf(step), before);
  if (total <= room * FULL) return [];
  const old = said.slice(0, firstKept(said, sizeOf, room * KEPT));
  const fitting = firstOver(old, sizeOf, input - before);
  const wanted = old.slice(0, Math.max(fitting, Math.min(1, old.length)));
  return wanted.length === 0 ? [] : [...covered, ...wanted];
}

/** Where the newest begin that have room together; the newest of all always has. */
function firstKept(steps: readonly Step[], sizeOf: (step: Step) => number, room: number): number {
  let left = room;
  const over = steps.findLastIndex((step) => (left -= sizeOf(step)) < 0);
  return Math.min(over + 1, steps.length - 1);
}

/** Where the oldest end that have room together. */
function firstOver(steps: readonly Step[], sizeOf: (step: Step) => number, room: number): number {
  let left = room;
  const over = steps.findIndex((step) => (left -= sizeOf(step)) < 0);
  return over < 0 ? steps.length : over;
}

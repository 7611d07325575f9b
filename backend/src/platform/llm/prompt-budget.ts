import { DomainError } from '../errors/domain-error.js';
import { countTokens, countTokensWithin } from './tokenizer.js';

/** A piece of a prompt, before it is known whether there is room for it. */
export interface PromptPart {
  /** Stable name, unique in the prompt (`card:<id>`, `turn:<id>`). */
  readonly id: string;
  readonly text: string;
  /** Parts with a smaller number get their room first; equal ones in the order given. */
  readonly priority: number;
  /** What it takes at least, by what was counted when it was stored: there is no need to count what has no room for this. */
  readonly atLeast?: number;
  /** Without it there is no prompt. */
  readonly required?: boolean;
  /** A shorter wording of at most so many tokens, used when the whole does not fit; null when there is none. */
  readonly condense?: (maxTokens: number) => string | null;
}

export type PartState = 'whole' | 'condensed' | 'left-out';

export interface PackedPart<P extends PromptPart> {
  readonly part: P;
  readonly state: PartState;
  /** What goes into the prompt; empty when left out. */
  readonly text: string;
  /** Tokens it takes in the prompt; of a part that was left out, about what it would have taken. */
  readonly tokens: number;
}

export interface PackedPrompt<P extends PromptPart> {
  /** Every part, in the order given. */
  readonly parts: readonly PackedPart<P>[];
  readonly tokens: number;
  readonly budget: number;
}

/** What a message costs beside its text: role and separators. */
const FRAME_TOKENS = 4;

const promptTooLarge = (id: string, budget: number): DomainError =>
  new DomainError('too-large', 'llm.prompt-too-large', `"${id}" does not fit into the prompt of ${budget} tokens.`);

/**
 * Gives each part its room in a budget of tokens, by priority; what does not fit is condensed or left out. Nothing is counted
 * further than it can fit, so that the work is bounded by the budget, not by how much there is to say.
 * @throws DomainError `llm.prompt-too-large` when a required part does not fit
 */
export async function packPrompt<P extends PromptPart>(parts: readonly P[], budget: number): Promise<PackedPrompt<P>> {
  const packed = new Map<P, PackedPart<P>>();
  let left = budget;
  for (const part of inOrder(parts)) {
    const result = await fit(part, left);
    if (part.required && result.state === 'left-out') throw promptTooLarge(part.id, budget);
    if (result.state !== 'left-out') left -= result.tokens;
    packed.set(part, result);
  }
  return { parts: parts.flatMap((part) => packed.get(part) ?? []), tokens: budget - left, budget };
}

/** Required parts first: an optional one must not take their room, whatever its priority. */
function inOrder<P extends PromptPart>(parts: readonly P[]): P[] {
  const rank = (part: P): number => (part.required ? 0 : 1);
  return [...parts].sort((a, b) => rank(a) - rank(b) || a.priority - b.priority);
}

async function fit<P extends PromptPart>(part: P, room: number): Promise<PackedPart<P>> {
  const whole = await partTokensWithin(part, room - FRAME_TOKENS);
  if (whole !== undefined) return { part, state: 'whole', text: part.text, tokens: whole + FRAME_TOKENS };
  const shorter = room > FRAME_TOKENS ? part.condense?.(room - FRAME_TOKENS) : null;
  const tokens = shorter ? await countTokensWithin(shorter, room - FRAME_TOKENS) : undefined;
  if (shorter && tokens !== undefined)
    return { part, state: 'condensed', text: shorter, tokens: tokens + FRAME_TOKENS };
  return { part, state: 'left-out', text: '', tokens: Math.max(room + 1, (await aboutTokens(part)) + FRAME_TOKENS) };
}

/** A part may be tried in several rooms; it is counted once. */
const counted = new WeakMap<PromptPart, number>();

/** What the text of a part takes; undefined when that is more than `most`. */
export async function partTokensWithin(part: PromptPart, most: number): Promise<number | undefined> {
  if ((part.atLeast ?? 0) > most) return undefined;
  const tokens = counted.get(part) ?? (await countTokensWithin(part.text, most));
  if (tokens !== undefined) counted.set(part, tokens);
  return tokens === undefined || tokens > most ? undefined : tokens;
}

/** A text of so many characters is counted, also when nothing is done with it; a longer one is judged by as much of it. */
const SAMPLE = 1_000;

/** What the text of a part takes: of a long one that is not in a prompt, a guess. */
export async function aboutTokens(part: PromptPart): Promise<number> {
  if (part.text.length <= SAMPLE) return (await partTokensWithin(part, Infinity)) ?? 0;
  const about = counted.get(part) ?? (part.atLeast || guessed.get(part)) ?? guess(part.text);
  guessed.set(part, about);
  return about;
}

const guessed = new WeakMap<PromptPart, number>();
const guess = (text: string): number => Math.ceil((countTokens(text.slice(0, SAMPLE)) * text.length) / SAMPLE);

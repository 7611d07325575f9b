import { DomainError } from '../errors/domain-error.js';
import { countTokens } from './tokenizer.js';

/** A piece of a prompt, before it is known whether there is room for it. */
export interface PromptPart {
  /** Stable name, unique in the prompt (`card:<id>`, `turn:<id>`). */
  readonly id: string;
  readonly text: string;
  /** Parts with a smaller number get their room first; equal ones in the order given. */
  readonly priority: number;
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
  /** Tokens it takes in the prompt; of a part that was left out, what it would have taken. */
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
 * Gives each part its room in a budget of tokens, by priority; what does not fit is condensed or left out.
 * @throws DomainError `llm.prompt-too-large` when a required part does not fit
 */
export function packPrompt<P extends PromptPart>(parts: readonly P[], budget: number): PackedPrompt<P> {
  const packed = new Map<P, PackedPart<P>>();
  let left = budget;
  for (const part of inOrder(parts)) {
    const result = fit(part, left);
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

function fit<P extends PromptPart>(part: P, room: number): PackedPart<P> {
  const whole = countTokens(part.text) + FRAME_TOKENS;
  if (whole <= room) return { part, state: 'whole', text: part.text, tokens: whole };
  const shorter = room > FRAME_TOKENS ? part.condense?.(room - FRAME_TOKENS) : null;
  if (shorter) {
    const tokens = countTokens(shorter) + FRAME_TOKENS;
    if (tokens <= room) return { part, state: 'condensed', text: shorter, tokens };
  }
  return { part, state: 'left-out', text: '', tokens: whole };
}

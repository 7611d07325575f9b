import type { Context } from '@yudai/sdk';
import { isTaken } from '../context-meter/shares';

export type Part = Context['parts'][number];

/** A part of the prompt as a row: what it is, whether it is in, and what can be done with it. */
export interface PartRow {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly size: string;
  /** Why it is not there as a whole; empty when it is. */
  readonly note: string;
  readonly isIn: boolean;
  readonly pinned: boolean;
  readonly dropped: boolean;
  readonly canPin: boolean;
  readonly canDrop: boolean;
  /** What it says, where that is no card and no message. */
  readonly text: string;
  readonly stands: Part['stands'];
}

const number = new Intl.NumberFormat('en');
const kinds: Record<string, string> = {
  rules: 'Rules',
  card: 'Card',
  condensation: 'Condensed',
  turn: 'Message',
  attachment: 'Upload',
};
const notes: Record<string, string> = {
  included: '',
  shortened: 'shortened',
  dropped: 'left out by a member',
  omitted: 'no room',
};
const movable = new Set(['card', 'turn', 'condensation']);

export const rowsOf = (parts: readonly Part[]): PartRow[] =>
  parts.map((part) => ({
    id: part.id,
    title: part.title,
    kind: kinds[part.kind] ?? part.kind,
    size: number.format(part.tokens),
    note: notes[part.state] ?? part.state,
    isIn: isTaken(part),
    pinned: part.pinned && part.kind === 'card',
    dropped: part.state === 'dropped',
    canPin: part.kind === 'card',
    canDrop: movable.has(part.kind) && part.id !== 'turns:older',
    text: part.text ?? '',
    stands: part.stands,
  }));

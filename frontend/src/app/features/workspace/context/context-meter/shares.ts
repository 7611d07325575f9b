import type { Context } from '@yudai/sdk';

type Part = Context['parts'][number];

/** What a prompt is made of, in its order; `free` is what nobody has taken. */
export type ShareKind = 'rules' | 'cards' | 'condensed' | 'turns' | 'uploads' | 'reserved' | 'free';

export interface Share {
  readonly kind: ShareKind;
  readonly label: string;
  readonly tokens: number;
  readonly percent: number;
}

const labels: Record<ShareKind, string> = {
  rules: 'Rules',
  cards: 'Cards',
  condensed: 'Condensed',
  turns: 'Conversation',
  uploads: 'Uploads',
  reserved: 'Kept for your question and the code',
  free: 'Free',
};
const kindOf: Record<string, ShareKind> = {
  rules: 'rules',
  card: 'cards',
  condensation: 'condensed',
  turn: 'turns',
  attachment: 'uploads',
};

/** Whether a part is in the prompt, whole or shortened. */
export const isTaken = ({ state }: Part): boolean => state === 'included' || state === 'shortened';

/** How the budget is shared out, by what it is for; only what takes something. */
export function sharesOf({ parts, budget, used, reserved }: Context): Share[] {
  const sums = new Map<ShareKind, number>();
  for (const part of parts.filter(isTaken)) {
    const kind = kindOf[part.kind] ?? 'turns';
    sums.set(kind, (sums.get(kind) ?? 0) + part.tokens);
  }
  sums.set('reserved', reserved);
  sums.set('free', Math.max(0, budget - used - reserved));
  const whole = Math.max(1, budget);
  return (Object.keys(labels) as ShareKind[]).flatMap((kind) => {
    const tokens = sums.get(kind) ?? 0;
    return tokens > 0 ? [{ kind, label: labels[kind], tokens, percent: (tokens / whole) * 100 }] : [];
  });
}

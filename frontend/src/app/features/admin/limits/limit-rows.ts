import type { AdminLimit, BudgetScope, LimitChange, Person } from '@yudai/sdk';
import { amount, limitLabel, share, usedOf } from '../../../core/limits/limit-words';

/** The limits of one scope: of the deployment, of everyone, of one person. */
export interface LimitGroup {
  readonly scope: BudgetScope;
  readonly user: Person | null;
  readonly items: readonly AdminLimit[];
}

/** Limits as they are shown: the deployment's, those for everyone, and those of each person who has own ones. */
export function groupsOf(items: readonly AdminLimit[]): LimitGroup[] {
  const groups = Map.groupBy(items, ({ scope, user }) => `${scope} ${user?.id ?? ''}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ scope: first.scope, user: first.user, items: group }] : [];
  });
}

/** One limit in words. */
export function rowOf({ name, limit, own, used, reserved, resetsAt }: AdminLimit) {
  const written = limit === null ? 'no limit' : amount(name, limit);
  return {
    name,
    label: limitLabel(name),
    words: used === null ? written : usedOf(name, used, limit),
    own,
    resetsAt,
    usedShare: used === null ? undefined : share(used, limit),
    heldShare: share(reserved ?? 0, limit) ?? 0,
  };
}

/** What is chosen for a limit: what applies by itself, none, or a number as it was typed. */
export interface Choice {
  readonly kind: 'standard' | 'unlimited' | 'own';
  readonly typed: string;
}

export const choiceOf = ({ own, limit }: AdminLimit): Choice => ({
  kind: own ? (limit === null ? 'unlimited' : 'own') : 'standard',
  typed: limit === null ? '' : String(limit),
});

/** Only what a model costs can be without limit: a solve holds a whole machine's time. */
export const mayBeUnlimited = ({ name }: Pick<AdminLimit, 'name'>): boolean =>
  name === 'tokens-per-day' || name === 'usd-per-month';

/** The number that was typed; nothing when it is none, or not one for this limit. */
export function numberOf({ name }: Pick<AdminLimit, 'name'>, typed: string): number | undefined {
  const value = Number(typed);
  if (typed.trim() === '' || !Number.isFinite(value) || value < 0) return undefined;
  return name === 'usd-per-month' || Number.isInteger(value) ? value : undefined;
}

/** What is sent for the choices that differ from what is; nothing when one of them makes no sense. */
export function changesOf(
  items: readonly AdminLimit[],
  choices: ReadonlyMap<string, Choice>,
): LimitChange[] | undefined {
  const changes: LimitChange[] = [];
  for (const item of items) {
    const { kind, typed } = choices.get(item.name) ?? choiceOf(item);
    const number = kind === 'own' ? numberOf(item, typed) : undefined;
    if (kind === 'own' && number === undefined) return undefined;
    const before = choiceOf(item);
    const same = kind === before.kind && (kind !== 'own' || number === item.limit);
    const limit = kind === 'standard' ? 'standard' : kind === 'unlimited' ? null : (number ?? null);
    if (!same) changes.push({ name: item.name, limit });
  }
  return changes;
}

/** Budgets of the language model, measured in `usage_days`. */
export const SPENDING_BUDGETS = ['tokens-per-day', 'usd-per-month'] as const;
export type SpendingBudget = (typeof SPENDING_BUDGETS)[number];

/** How many solves a user may have open, and how many run at once in the deployment. */
export const COUNTED_BUDGETS = ['open-solves', 'concurrent-solves'] as const;
export type CountedBudget = (typeof COUNTED_BUDGETS)[number];

export type BudgetName = SpendingBudget | CountedBudget;

/** Whom a limit is for; `everyone`: each user without an own one. */
export const BUDGET_SCOPES = ['deployment', 'everyone', 'user'] as const;
export type BudgetScope = (typeof BUDGET_SCOPES)[number];

/** The budgets that there are for each scope. */
export const BUDGETS_OF: Readonly<Record<BudgetScope, readonly BudgetName[]>> = {
  deployment: [...SPENDING_BUDGETS, 'concurrent-solves'],
  everyone: [...SPENDING_BUDGETS, 'open-solves'],
  user: [...SPENDING_BUDGETS, 'open-solves'],
};

export const DEPLOYMENT = 'deployment';
export const EVERYONE = 'everyone';

/** `deployment`, `everyone`, or a user's id: the key of `budgets` and `usage_days`. */
export type Subject = string;

/** A limit, where it comes from, and what would apply without an own one; null is unlimited. */
export interface EffectiveLimit {
  readonly name: BudgetName;
  readonly limit: number | null;
  readonly standard: number | null;
  readonly own: boolean;
}

/** Tokens and US dollars. */
export interface Amount {
  readonly tokens: number;
  readonly costUsd: number;
}

/** What a subject has used in the running day (tokens) and month (dollars), and what calls under way hold. */
export interface Standing {
  readonly used: Amount;
  readonly reserved: Amount;
}

export const isSpending = (name: BudgetName): name is SpendingBudget =>
  (SPENDING_BUDGETS as readonly BudgetName[]).includes(name);

/** What of an amount a budget measures. */
export const measured = (name: SpendingBudget, { tokens, costUsd }: Amount): number =>
  name === 'tokens-per-day' ? tokens : costUsd;

/** When a budget starts anew: at midnight, or with the month, in UTC. */
export function resetOf(name: SpendingBudget, now = new Date()): Date {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return new Date(name === 'tokens-per-day' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1));
}

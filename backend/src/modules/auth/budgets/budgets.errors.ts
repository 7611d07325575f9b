import { type BudgetRefusal, DomainError } from '../../../platform/errors/domain-error.js';

const WORDS: Readonly<Record<string, (limit: number) => string>> = {
  'tokens-per-day': (limit) => `${limit} tokens a day`,
  'usd-per-month': (limit) => `${limit} US dollars a month`,
};

/** Calls under way give back what they did not need within moments. */
const HELD_RETRY_SECONDS = 10;

/** A call of the language model has no room in a budget. */
export function budgetExceeded(budget: BudgetRefusal, isOnlyHeld: boolean): DomainError {
  const whose = budget.scope === 'user' ? 'Your budget' : "The deployment's budget";
  const what = WORDS[budget.name]?.(budget.limit) ?? budget.name;
  const why = isOnlyHeld ? 'is held by calls under way' : 'has no room for this';
  const seconds = isOnlyHeld ? HELD_RETRY_SECONDS : (Date.parse(budget.resetsAt) - Date.now()) / 1_000;
  return new DomainError(
    'rate-limited',
    BUDGET_EXCEEDED,
    `${whose} for the language model, ${what}, ${why}. It starts anew at ${budget.resetsAt}; an administrator can raise it.`,
    { retryAfterSeconds: Math.max(1, Math.ceil(seconds)), budget },
  );
}

export const BUDGET_EXCEEDED = 'auth.budget-exceeded';

/** A budget in dollars cannot be kept for a model whose price nobody knows. */
export const priceUnknown = (model: string): DomainError =>
  new DomainError(
    'unavailable',
    'llm.price-unknown',
    `Nobody knows what ${model} costs, so a budget in US dollars cannot be kept. Set LLM_PROMPT_USD_PER_MTOK and LLM_COMPLETION_USD_PER_MTOK, or choose another model.`,
  );

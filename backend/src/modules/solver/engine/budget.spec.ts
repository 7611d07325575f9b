import { Budget } from './budget.js';

const limits = { steps: 2, seconds: 60, costUsd: 1 };
const nothing = { steps: 0, seconds: 0, costUsd: 0 };

describe('Budget', () => {
  it('V7: stops after the last allowed step', () => {
    const budget = new Budget(limits, nothing);
    budget.step();
    expect(budget.exhausted()).toBeUndefined();
    budget.step();
    expect(budget.exhausted()).toMatchObject({ status: 'paused', reason: 'limit.steps' });
  });

  it('stops when the money is spent', () => {
    const budget = new Budget(limits, nothing);
    budget.call({ costUsd: 1.2, tokens: 10 });
    expect(budget.exhausted()?.reason).toBe('limit.cost');
  });

  it('counts what earlier stretches have used', () => {
    expect(new Budget(limits, { steps: 2, seconds: 0, costUsd: 0 }).exhausted()?.reason).toBe('limit.steps');
    expect(new Budget(limits, { steps: 0, seconds: 61, costUsd: 0 }).exhausted()?.reason).toBe('limit.time');
  });

  it('lets a model without a price go on without a limit on money', () => {
    expect(new Budget({ ...limits, costUsd: 0 }, nothing).exhausted()).toBeUndefined();
  });

  it('books each use once', () => {
    const budget = new Budget(limits, nothing);
    budget.step();
    budget.call({ costUsd: 0.5, tokens: 10 });
    expect(budget.takeBooked()).toMatchObject({ steps: 1, costUsd: 0.5, tokens: 10 });
    expect(budget.takeBooked()).toMatchObject({ steps: 0, costUsd: 0, tokens: 0 });
  });
});

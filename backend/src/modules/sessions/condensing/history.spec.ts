import type { Condensation } from '../entities/condensation.entity.js';
import type { Step } from '../repositories/condensations.repository.js';
import { planCondensation } from './condensation-plan.js';
import { digestOf, splitBranch } from './history.js';

const PATH = ['a', 'b', 'c', 'd', 'e', 'f'].map((id): Step => ({ id, dropped: false, streaming: false, bytes: 400 }));
const idsOf = (steps: readonly Step[]): string => steps.map(({ id }) => id).join('');

function condensed(count: number, dropped = false): Condensation {
  const steps = PATH.slice(0, count);
  const row = { id: `first-${count}`, throughId: steps.at(-1)?.id, digest: digestOf(steps), wholeTokens: 10 };
  return { ...row, dropped } as Condensation;
}

describe('a branch whose beginning is condensed', () => {
  const BOUNDS = { room: 400, input: 4_000 };

  it('goes on from the condensation of the longest beginning', () => {
    const split = splitBranch(PATH, [condensed(2), condensed(4)]);
    expect([split.condensation?.id, idsOf(split.covered), idsOf(split.rest)]).toEqual(['first-4', 'abcd', 'ef']);
  });

  it.each([
    ['by itself', [condensed(4, true)]],
    ['beside the one it was built upon', [condensed(2), condensed(4, true)]],
    ['below one that may be built upon it', [condensed(4, true), condensed(5)]],
  ])('is as it was said again once somebody has dropped that: %s', (_, all) => {
    const split = splitBranch(PATH, all);
    expect(split.condensation).toMatchObject({ id: 'first-4', dropped: true });
    expect([idsOf(split.covered), idsOf(split.rest)]).toEqual(['abcd', 'abcdef']);
    expect(planCondensation(split, [], BOUNDS)).toEqual([]);
  });

  it('is condensed further where nobody minds', () => {
    expect(idsOf(planCondensation(splitBranch(PATH, [condensed(2)]), [], BOUNDS))).toBe('abcd');
  });
});

import type { AdminLimit } from '@yudai/sdk';
import { changesOf, choiceOf, groupsOf, numberOf } from './limit-rows';

const limit = (changes: Partial<AdminLimit>): AdminLimit => ({
  scope: 'everyone',
  user: null,
  name: 'tokens-per-day',
  limit: 1000,
  standard: 1000,
  own: false,
  used: null,
  reserved: null,
  resetsAt: null,
  ...changes,
});
const ada = { id: 'u1', login: 'ada', name: null, avatarUrl: null };

describe('limits to edit', () => {
  it('are grouped by whom they hold for', () => {
    const groups = groupsOf([
      limit({ scope: 'deployment' }),
      limit({}),
      limit({ scope: 'user', user: ada }),
      limit({ scope: 'user', user: ada, name: 'open-solves' }),
    ]);
    expect(groups.map(({ scope, user, items }) => [scope, user?.login, items.length])).toEqual([
      ['deployment', undefined, 1],
      ['everyone', undefined, 1],
      ['user', 'ada', 2],
    ]);
  });

  it('are sent only where they differ', () => {
    const items = [limit({}), limit({ name: 'usd-per-month', own: true, limit: 5 }), limit({ name: 'open-solves' })];
    const choices = new Map([
      ['tokens-per-day', { kind: 'unlimited', typed: '' } as const],
      ['usd-per-month', { kind: 'standard', typed: '5' } as const],
      ['open-solves', choiceOf(limit({ name: 'open-solves' }))],
    ]);
    expect(changesOf(items, choices)).toEqual([
      { name: 'tokens-per-day', limit: null },
      { name: 'usd-per-month', limit: 'standard' },
    ]);
    expect(changesOf(items, new Map())).toEqual([]);
  });

  it('are not sent when one of them is no number for what it limits', () => {
    const choices = new Map([['open-solves', { kind: 'own', typed: '2.5' } as const]]);
    expect(changesOf([limit({ name: 'open-solves' })], choices)).toBeUndefined();
    expect(['', '-1', 'x', '2.5'].map((typed) => numberOf({ name: 'open-solves' }, typed))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect([numberOf({ name: 'usd-per-month' }, '2.5'), numberOf({ name: 'open-solves' }, '0')]).toEqual([2.5, 0]);
  });
});

import { partIds } from './part-ids.js';

const CARD = '01890000-0000-7000-8000-000000000001';
const TURN = '01890000-0000-7000-8000-000000000002';

describe('parts of a prompt that people name', () => {
  it('are told apart by kind, each once', () => {
    const given = [`card:${CARD}`, `turn:${TURN}`, `card:${CARD}`];
    expect(partIds(given, ['card', 'turn'])).toEqual({ card: [CARD], turn: [TURN], condensation: [] });
  });

  it('may be none, which is something else than saying nothing', () => {
    expect(partIds([], ['card'])).toEqual({ card: [], turn: [], condensation: [] });
    expect(partIds(undefined, ['card'])).toBeUndefined();
  });

  it.each(['rules', `span:src/a.ts:1-3`, `turn:${TURN}`, CARD, 'card:1'])(
    'cannot be %s where only cards move',
    (part) => {
      expect(() => partIds([part], ['card'])).toThrow(/pinned or left out/);
    },
  );
});

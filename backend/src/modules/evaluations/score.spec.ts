import { meanOf, placesOf, scoreOf } from './score.js';

const FOUND = ['a.ts', 'test/a.ts', 'b.ts', 'c.ts', 'd.ts', 'e.ts', 'a.spec.ts', 'f.ts'];

it('places count from 1, without tests', () => {
  expect(placesOf(['b.ts', 'f.ts', 'nowhere.ts'], FOUND)).toEqual([2, 6, null]);
});

it('recall is the share that was found so far, and MRR tells of the first', () => {
  expect(scoreOf(['a.ts'], FOUND)).toEqual({ recallAt1: 1, recallAt5: 1, recallAt10: 1, mrr: 1 });
  expect(scoreOf(['f.ts', 'b.ts'], FOUND)).toEqual({ recallAt1: 0, recallAt5: 0.5, recallAt10: 1, mrr: 0.5 });
  expect(scoreOf(['nowhere.ts'], [])).toEqual({ recallAt1: 0, recallAt5: 0, recallAt10: 0, mrr: 0 });
});

it('means are over all', () => {
  const scores = [scoreOf(['a.ts'], FOUND), scoreOf(['f.ts', 'b.ts'], FOUND)];
  expect(meanOf(scores)).toEqual({ recallAt1: 0.5, recallAt5: 0.75, recallAt10: 1, mrr: 0.75 });
});

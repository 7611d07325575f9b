import { ownWords } from './own-words.js';

const CHANGED = ['src/cart/totals.ts', 'src/cart/voucher-list.ts'];

it('is what the message says, without what makes it a fix and what refers to an issue', () => {
  expect(ownWords('fix(cart): sums are rounded twice (#12)\n\nWhen two vouchers apply.\n\nCloses #7', CHANGED)).toEqual(
    {
      title: 'sums are rounded twice',
      body: 'When two vouchers apply.',
    },
  );
});

it('begins with words, not with what a reference leaves behind', () => {
  expect(ownWords('Resolves #12: sums are rounded twice', CHANGED)?.title).toBe('sums are rounded twice');
});

it.each([
  'Sums in src/cart/totals.ts are rounded twice',
  'Sums in cart/totals.ts are rounded twice',
  'Sums in `totals.ts` are rounded twice',
  'Sums in Totals are rounded twice',
  'Sums in ./src/cart/totals are rounded twice',
  'Sums in other/place.js are rounded twice',
  'Sums in any/other/place are rounded twice',
])('does not name a file: %j', (message) => {
  expect(ownWords(message, CHANGED)?.title.replace(/`/g, '').replace(/ +/g, ' ')).toBe('Sums in are rounded twice');
});

it('keeps what only looks like a name', () => {
  const message = 'Reading and/or writing obj.total fails for voucher lists';
  expect(ownWords(message, CHANGED)?.title).toBe(message);
});

it('leaves out who signed', () => {
  const message = 'Sums are rounded twice\n\nCo-authored-by: A <a@example.com>\n(cherry picked from commit 0123)';
  expect(ownWords(message, CHANGED)?.body).toBe('');
});

it.each(['fix: totals', 'Fix totals.ts', 'fixes #12', '', 'fix voucher-list (#3)'])(
  'is nothing where too little is left: %j',
  (message) => {
    expect(ownWords(message, CHANGED)).toBeNull();
  },
);

import { fixIn, withoutReferences } from './fix-message.js';

describe('a fix', () => {
  it.each([
    ['Count twice\n\nFixes #12', 12],
    ['Count twice (close #12)', 12],
    ['Closed #12, and more', 12],
    ['CLOSES: #12', 12],
    ['resolve acme/shop#12', 12],
    ['Resolved https://github.com/Acme/Shop/issues/12.', 12],
    ['resolves #7 and fixes #12', 7],
    ['fix #12: count twice', 12],
    ['Fixed #12 -- Counted twice.', 12],
  ])('that closes an issue: %j', (message, issue) => {
    expect(fixIn(message, 'acme/shop')).toEqual({ issue });
  });

  it.each(['fix: count twice (#12)', 'Fix counting', 'fixes the count', 'fix(cart)!: count', '[cart] Fixed counting'])(
    'that says so: %j',
    (message) => {
      expect(fixIn(message, 'acme/shop')).toEqual({ issue: null });
    },
  );

  it('that closes an issue of another repository closes none of this one', () => {
    expect(fixIn('Fix it\n\nCloses acme/other#12', 'acme/shop')).toEqual({ issue: null });
    expect(fixIn('Do it\n\nCloses https://github.com/acme/other/issues/12', 'acme/shop')).toBeNull();
  });

  it.each([
    'Count (#12)',
    'prefix #12',
    'Closes the door on #12',
    'Fixture for counting',
    'Add a fix for #x',
    'Revert "fix: count twice (fixes #12)"',
    'Back\n\nThis reverts commit 0123456. fixes #12',
    '',
  ])('is not %j', (message) => {
    expect(fixIn(message, 'acme/shop')).toBeNull();
  });
});

it('references are taken out of a message', () => {
  const message = 'Count twice (#12), fixes #7, see gh-8, a/b#9 and https://example.com/issues/1';
  expect(withoutReferences(message).replace(/\s+/g, ' ')).toBe('Count twice , , see , and ');
});

it('a hostile message is read all the same', () => {
  const hostile = `${'fix '.repeat(20_000)}${' '.repeat(50_000)}${'a/'.repeat(20_000)}${'#'.repeat(20_000)}`;
  expect(fixIn(hostile, 'acme/shop')).toEqual({ issue: null });
  expect(withoutReferences(hostile)).toContain('#');
});

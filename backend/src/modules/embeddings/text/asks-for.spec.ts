import { asksFor } from './asks-for.js';

describe('what a question asks for', () => {
  it.each([
    'Which tests cover the rate limiter?',
    'Where are the unit tests of the parser',
    'How is the retry logic tested?',
    'show me the spec for money',
    'tests for pagination',
    'Is there a test file for the store?',
  ])('tests: %s', (title) => expect(asksFor(title)).toEqual({ tests: true, docs: false }));

  it.each([
    'Tests fail on Windows',
    'What makes the tests for the parser flaky?',
    'Which test runner option breaks colours?',
    'pytest: unittest skip is reported as passed',
    'Add support for test.each',
    'The latest release is slow',
    'How is a total computed?',
  ])('no tests: %s', (title) => expect(asksFor(title).tests).toBe(false));

  it('documents by their names', () => {
    expect(asksFor('Is this in the README?')).toEqual({ tests: false, docs: true });
  });
});

import { programOf } from './program';

describe('programOf', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0 Safari/537.36 Edg/139.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/604.1',
      'Safari on iOS',
    ],
    ['curl/8.9.1', 'curl/8.9.1'],
    [null, 'Unknown program'],
  ])('calls it what a person would', (userAgent, name) => {
    expect(programOf(userAgent)).toBe(name);
  });

  it('does not let a long one break the row', () => {
    expect(programOf('x'.repeat(500))).toHaveLength(60);
  });
});

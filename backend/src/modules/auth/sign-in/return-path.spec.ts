import { returnPath } from './return-path.js';

describe('returnPath', () => {
  it.each(['/', '/sessions/1?tab=files#L10', '/a//b', '/%2f%2fevil.example'])('keeps our own path %j', (path) => {
    expect(returnPath(path)).toBe(path);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    'javascript:alert(1)',
    'sessions',
    '/a\r\nSet-Cookie: x=y',
    `/${'x'.repeat(3_000)}`,
    '',
    undefined,
    ['/a', '/b'],
  ])('does not follow %j', (path) => {
    expect(returnPath(path)).toBe('/');
  });
});

import type { CookieOptions, Request, Response } from 'express';
import { AuthCookies } from './auth-cookies.js';

const SECRET = 'A'.repeat(43);

const cookiesAt = (PUBLIC_URL: string): AuthCookies => new AuthCookies({ PUBLIC_URL } as never);

function setBy(cookies: AuthCookies): { name: string; options: CookieOptions } {
  const set: { name: string; options: CookieOptions }[] = [];
  const res = { cookie: (name: string, _value: string, options: CookieOptions) => set.push({ name, options }) };
  cookies.set(res as unknown as Response, 'login', SECRET, 1_000);
  return set[0]!;
}

const requestWith = (cookie: string): Request => ({ get: () => cookie }) as unknown as Request;

describe('AuthCookies', () => {
  it('sets a __Host- cookie over https', () => {
    expect(setBy(cookiesAt('https://yudai.example'))).toEqual({
      name: '__Host-yudai',
      options: { httpOnly: true, secure: true, sameSite: 'lax', path: '/', maxAge: 1_000 },
    });
  });

  it('sets a plain one on loopback without https, still not readable by scripts', () => {
    expect(setBy(cookiesAt('http://localhost:3000'))).toMatchObject({
      name: 'yudai',
      options: { httpOnly: true, secure: false, sameSite: 'lax' },
    });
  });

  it('does not take the cookie without the prefix for one with it', () => {
    expect(cookiesAt('https://yudai.example').read(requestWith(`yudai=${SECRET}`), 'login')).toBeUndefined();
    expect(cookiesAt('https://yudai.example').read(requestWith(`__Host-yudai=${SECRET}`), 'login')).toBe(SECRET);
  });

  it.each(['', 'yudai=', 'yudai=short', `yudai=${SECRET}x`, `yudai=${'%00'.repeat(20)}`, 'yudai'])(
    'does not look up what cannot be ours: %j',
    (cookie) => {
      expect(cookiesAt('http://localhost').read(requestWith(cookie), 'login')).toBeUndefined();
    },
  );
});

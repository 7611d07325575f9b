import { Inject, Injectable } from '@nestjs/common';
import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { CONFIG, type Config } from '../../platform/config/config.js';

/** What our secrets in cookies look like: 256 bit, base64url. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

type CookieUse = 'login' | 'oauth';

const NAMES: Record<CookieUse, string> = { login: 'yudai', oauth: 'yudai-oauth' };

/**
 * The two cookies: who is signed in, and which browser began a sign-in. Over https they carry the prefix `__Host-`, which
 * makes browsers refuse them from anywhere but this very host (RFC 6265bis §4.1.3.2).
 */
@Injectable()
export class AuthCookies {
  private readonly secure: boolean;

  constructor(@Inject(CONFIG) config: Config) {
    this.secure = config.PUBLIC_URL.startsWith('https:');
  }

  /** The secret in a cookie; undefined when there is none that we could have set. */
  read(req: Request, use: CookieUse): string | undefined {
    const value = parseCookie(req.get('cookie') ?? '')[this.nameOf(use)];
    return value !== undefined && SECRET.test(value) ? value : undefined;
  }

  set(res: Response, use: CookieUse, secret: string, maxAgeMs: number): void {
    res.cookie(this.nameOf(use), secret, { ...this.options(), maxAge: maxAgeMs });
  }

  clear(res: Response, use: CookieUse): void {
    res.clearCookie(this.nameOf(use), this.options());
  }

  private nameOf(use: CookieUse): string {
    return this.secure ? `__Host-${NAMES[use]}` : NAMES[use];
  }

  private options(): CookieOptions {
    return { httpOnly: true, sameSite: 'lax', secure: this.secure, path: '/' };
  }
}

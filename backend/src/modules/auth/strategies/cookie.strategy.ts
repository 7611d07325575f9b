import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-custom';
import type { Principal } from '../../../platform/http/principal.js';
import { AuthCookies } from '../auth-cookies.js';
import { LoginsService } from '../logins/logins.service.js';

/** Browsers: the opaque cookie of a login. A request that also sends a bearer token is judged by that alone. */
@Injectable()
export class CookieStrategy extends PassportStrategy(Strategy, 'cookie') {
  constructor(
    private readonly cookies: AuthCookies,
    private readonly logins: LoginsService,
  ) {
    super();
  }

  async validate(req: Request): Promise<Principal | null> {
    if (/^bearer\b/i.test(req.get('authorization') ?? '')) return null;
    const secret = this.cookies.read(req, 'login');
    return secret === undefined ? null : this.logins.authenticate(secret);
  }
}

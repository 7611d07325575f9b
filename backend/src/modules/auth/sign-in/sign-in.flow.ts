import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { AnonymousRefusals } from '../../audit/index.js';
import { AuthCookies } from '../auth-cookies.js';
import { absoluteLifetime } from '../login-lifetime.js';
import { AccountLimit } from '../limits/account-limit.js';
import { LoginsService } from '../logins/logins.service.js';
import { CALLBACK_PATH, type GithubIdentity } from './github.strategy.js';
import type { GithubReturnRequest } from './sign-in.guards.js';
import { type SignInFailure, SignInRefused, SignInService } from './sign-in.service.js';

/** The browser's side of coming back from GitHub: cookies, and the page to go to. */
@Injectable()
export class SignInFlow {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly cookies: AuthCookies,
    private readonly signIns: SignInService,
    private readonly logins: LoginsService,
    private readonly anonymous: AnonymousRefusals,
    private readonly accounts: AccountLimit,
  ) {}

  /** @returns where to send the browser, an address of our own. @throws DomainError `rate-limited` */
  async finish(req: GithubReturnRequest, res: Response): Promise<string> {
    const { githubReturn } = req;
    this.cookies.clear(res, 'oauth');
    if ('failure' in githubReturn) {
      this.anonymous.count({ route: `GET ${CALLBACK_PATH}`, code: `auth.${githubReturn.failure}` });
      return this.failed(githubReturn.failure);
    }
    const failure = await this.signIn(req, res, githubReturn.identity);
    return failure ? this.failed(failure) : `${this.config.PUBLIC_URL}${githubReturn.returnTo}`;
  }

  private async signIn(
    req: GithubReturnRequest,
    res: Response,
    identity: GithubIdentity,
  ): Promise<SignInFailure | undefined> {
    await this.accounts.take(String(identity.profile.id));
    const earlier = this.cookies.read(req, 'login');
    try {
      const secret = await this.signIns.signIn(identity);
      this.cookies.set(res, 'login', secret, absoluteLifetime(this.config));
    } catch (error) {
      if (error instanceof SignInRefused) return error.failure;
      if (error instanceof DomainError) return 'github';
      throw error;
    }
    if (earlier !== undefined) await this.logins.endBySecret(earlier);
    return undefined;
  }

  private failed(failure: SignInFailure): string {
    return `${this.config.PUBLIC_URL}/sign-in?error=${failure}`;
  }
}

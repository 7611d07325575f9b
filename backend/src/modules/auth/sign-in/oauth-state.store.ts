import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { SecretBox } from '../../../platform/crypto/secret-box.js';
import { constantTimeEqual, randomToken, sha256Hex } from '../../../platform/crypto/tokens.js';
import { AuthCookies } from '../auth-cookies.js';
import type { OauthTransaction } from '../entities/oauth-transaction.entity.js';
import { OauthTransactionsRepository } from '../repositories/oauth-transactions.repository.js';
import { returnPath } from './return-path.js';

const LIFETIME_MS = 10 * 60_000;
const LONGEST_STATE = 200;

/** What was noted when the sign-in began. */
export interface BegunSignIn {
  readonly codeVerifier: string;
  readonly returnTo: string;
}

/**
 * Sign-ins under way (RFC 9700 §2.1, §4.7): a random state for GitHub, the PKCE verifier kept here, and a cookie that
 * binds both to the browser. Each works once, for ten minutes.
 */
@Injectable()
export class OauthStateStore {
  private readonly box: SecretBox;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly cookies: AuthCookies,
    private readonly transactions: OauthTransactionsRepository,
  ) {
    this.box = new SecretBox(config.SECRET_KEY, 'oauth-transactions');
  }

  /** @returns the state to send along. */
  async begin(req: Request, res: Response, codeVerifier: string): Promise<string> {
    const state = randomToken();
    const browser = randomToken();
    const stateHash = sha256Hex(state);
    await this.transactions.insert({
      stateHash,
      browserHash: sha256Hex(browser),
      codeVerifier: this.box.seal(codeVerifier, stateHash),
      returnTo: returnPath(req.query['returnTo']),
      expiresAt: new Date(Date.now() + LIFETIME_MS),
    });
    this.cookies.set(res, 'oauth', browser, LIFETIME_MS);
    return state;
  }

  /** @returns null for a state that is unknown, used up, too old, or another browser's. */
  async take(req: Request, state: unknown): Promise<BegunSignIn | null> {
    if (typeof state !== 'string' || state.length > LONGEST_STATE) return null;
    const browser = this.cookies.read(req, 'oauth');
    const begun = await this.transactions.take(sha256Hex(state));
    if (!begun || browser === undefined || begun.expiresAt <= new Date()) return null;
    if (!constantTimeEqual(begun.browserHash, sha256Hex(browser))) return null;
    const codeVerifier = this.verifierIn(begun);
    return codeVerifier === null ? null : { codeVerifier, returnTo: begun.returnTo };
  }

  /** Null when it was changed, or sealed before SECRET_KEY was. */
  private verifierIn({ codeVerifier, stateHash }: OauthTransaction): string | null {
    try {
      return this.box.open(codeVerifier, stateHash);
    } catch {
      return null;
    }
  }
}

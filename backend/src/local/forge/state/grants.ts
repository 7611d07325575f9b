import { randomToken, sha256Hex } from '../../../platform/crypto/tokens.js';
import type { Database } from './database.js';

/** What a code was given out for. */
export interface Authorization {
  readonly userId: number;
  readonly redirectUri: string;
  /** RFC 7636 §4.2, S256; null without PKCE. */
  readonly challenge: string | null;
}

/** Lifetimes in seconds. */
export interface TokenPair {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken: string;
  readonly refreshExpiresIn: number;
}

type Kind = 'access' | 'refresh' | 'web';

const CODE_SECONDS = 10 * 60;
/** GitHub, "Refreshing user access tokens": eight hours and six months. */
const LIFETIME: Readonly<Record<Kind, number>> = { access: 8 * 3_600, refresh: 15_897_600, web: 14 * 86_400 };
const PREFIX: Readonly<Record<Kind, string>> = { access: 'ghu_', refresh: 'ghr_', web: 'web_' };

/** Codes and tokens. Only their hashes are kept, so that nothing in the data folder lets anybody in. */
export class Grants {
  constructor(private readonly db: Database) {}

  /** A code, good once and for ten minutes. */
  issueCode({ userId, redirectUri, challenge }: Authorization): string {
    const code = randomToken(20);
    this.db.run(
      `INSERT INTO codes (hash, user_id, redirect_uri, challenge, expires_at)
       VALUES (:hash, :userId, :redirectUri, :challenge, :expiresAt)`,
      { hash: sha256Hex(code), userId, redirectUri, challenge, expiresAt: inSeconds(CODE_SECONDS) },
    );
    return code;
  }

  /** What a code stands for; it is used up, whatever comes of it. */
  takeCode(code: string): Authorization | undefined {
    const row = this.db.get<Authorization & { expiresAt: string }>(
      `DELETE FROM codes WHERE hash = :hash
       RETURNING user_id AS userId, redirect_uri AS redirectUri, challenge, expires_at AS expiresAt`,
      { hash: sha256Hex(code) },
    );
    this.forgetOld();
    return row && row.expiresAt > now() ? row : undefined;
  }

  issuePair(userId: number): TokenPair {
    return this.db.transaction(() => {
      const pair = randomToken(12);
      return {
        accessToken: this.issue('access', userId, pair),
        expiresIn: LIFETIME.access,
        refreshToken: this.issue('refresh', userId, pair),
        refreshExpiresIn: LIFETIME.refresh,
      };
    });
  }

  /** A new pair for a refresh token; the old pair ends, as on GitHub. */
  refresh(refreshToken: string): TokenPair | undefined {
    return this.db.transaction(() => {
      const held = this.holder('refresh', refreshToken);
      if (!held) return undefined;
      this.db.run('DELETE FROM tokens WHERE pair = :pair', { pair: held.pair });
      return this.issuePair(held.userId);
    });
  }

  /** The forge's own sign-in of a browser, for its pages. */
  issueWeb(userId: number): string {
    return this.issue('web', userId, randomToken(12));
  }

  /** Whose token this is; undefined for one that is unknown, past its end, or revoked. */
  userOf(token: string, kind: 'access' | 'web' = 'access'): number | undefined {
    return this.holder(kind, token)?.userId;
  }

  setRevoked(userId: number, revoked: boolean): void {
    this.db.run(`UPDATE tokens SET revoked = :revoked WHERE user_id = :userId AND kind <> 'web'`, {
      userId,
      revoked: Number(revoked),
    });
  }

  private holder(kind: Kind, token: string): { readonly userId: number; readonly pair: string } | undefined {
    return this.db.get(
      `SELECT user_id AS userId, pair FROM tokens
       WHERE hash = :hash AND kind = :kind AND revoked = 0 AND expires_at > :now`,
      { hash: sha256Hex(token), kind, now: now() },
    );
  }

  private issue(kind: Kind, userId: number, pair: string): string {
    const token = PREFIX[kind] + randomToken(27);
    this.db.run(
      'INSERT INTO tokens (hash, kind, user_id, pair, expires_at) VALUES (:hash, :kind, :userId, :pair, :expiresAt)',
      { hash: sha256Hex(token), kind, userId, pair, expiresAt: inSeconds(LIFETIME[kind]) },
    );
    return token;
  }

  private forgetOld(): void {
    this.db.run('DELETE FROM codes WHERE expires_at <= :now', { now: now() });
    this.db.run('DELETE FROM tokens WHERE expires_at <= :now', { now: now() });
  }
}

const now = (): string => new Date().toISOString();

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1_000).toISOString();
}

import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { SecretBoxes } from '../../../platform/crypto/secret-box.js';
import type { GithubToken } from '../entities/github-token.entity.js';
import type { SealedGrant } from '../repositories/github-tokens.repository.js';
import type { Grant } from './github-identity.client.js';

/** GitHub's tokens as they are kept: sealed, each bound to its user, under a key that the row names. */
@Injectable()
export class TokenVault {
  private readonly boxes: SecretBoxes;

  constructor(@Inject(CONFIG) config: Config) {
    this.boxes = new SecretBoxes(config, 'github-tokens');
  }

  /** The key that new rows are sealed with. */
  get keyId(): string {
    return this.boxes.keyId;
  }

  /** Whether we have the key of this row. */
  canOpen(row: Pick<GithubToken, 'keyId'>): boolean {
    return this.boxes.knows(row.keyId);
  }

  seal(grant: Grant, userId: string): SealedGrant {
    const { access_token: access, refresh_token: refresh } = grant;
    return {
      ...this.sealed(access, refresh ?? null, userId),
      expiresAt: inSeconds(grant.expires_in),
      refreshExpiresAt: inSeconds(grant.refresh_token_expires_in),
    };
  }

  /** The same tokens under the current key. */
  reseal(row: GithubToken): Pick<SealedGrant, 'keyId' | 'accessToken' | 'refreshToken'> {
    return this.sealed(this.accessToken(row), this.refreshToken(row), row.userId);
  }

  accessToken({ keyId, accessToken, userId }: GithubToken): string {
    return this.boxes.open(keyId, accessToken, contextOf(userId));
  }

  refreshToken({ keyId, refreshToken, userId }: GithubToken): string | null {
    return refreshToken === null ? null : this.boxes.open(keyId, refreshToken, contextOf(userId));
  }

  private sealed(access: string, refresh: string | null, userId: string) {
    return {
      keyId: this.boxes.keyId,
      accessToken: this.boxes.seal(access, contextOf(userId)),
      refreshToken: refresh === null ? null : this.boxes.seal(refresh, contextOf(userId)),
    };
  }
}

const contextOf = (userId: string): string => `github-token:${userId}`;

function inSeconds(seconds: number | undefined): Date | null {
  return seconds === undefined ? null : new Date(Date.now() + seconds * 1_000);
}

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { setTimeout as delay } from 'node:timers/promises';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { Leases, type Lease } from '../../platform/database/lease.js';
import { Transactions } from '../../platform/database/transactions.js';
import { AuditLog } from '../audit/index.js';
import { githubUnavailable, reconnectGithub } from './auth.errors.js';
import type { GithubToken } from './entities/github-token.entity.js';
import { GithubIdentityClient, type Grant, GrantRefusedError } from './oauth/github-identity.client.js';
import { GithubTokensRepository, type SealedGrant } from './repositories/github-tokens.repository.js';

/** A token is renewed this long before its end, so that a call made with it does not outlive it. */
const MARGIN_MS = 5 * 60_000;
const LEASE_SECONDS = 60;
const POLL_MS = 100;

/**
 * The right to act for a user on GitHub. Tokens are sealed at rest and renewed by one process at a time: GitHub's refresh
 * tokens work once, and a second renewal with the same one would end the connection.
 */
@Injectable()
export class GithubTokens {
  private readonly box: SecretBox;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly tokens: GithubTokensRepository,
    private readonly github: GithubIdentityClient,
    private readonly leases: Leases,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {
    this.box = new SecretBox(config.SECRET_KEY, 'github-tokens');
  }

  /**
   * The user's own token, good for some minutes.
   * @throws DomainError `github.reconnect` (409) when the user has to sign in with GitHub again; `github.unavailable`
   * (503) or `github.timeout` (504) when it has run out and GitHub cannot be asked for a new one.
   */
  async forUser(userId: string): Promise<string> {
    const deadline = Date.now() + LEASE_SECONDS * 1_000;
    for (;;) {
      const row = await this.usable(userId);
      if (!runsOut(row, MARGIN_MS)) return this.open(row.accessToken, userId);
      const lease = await this.leases.claim('github_tokens', row.id, { seconds: LEASE_SECONDS });
      if (lease) return this.renew(userId, lease);
      if (!runsOut(row, 0)) return this.open(row.accessToken, userId);
      if (Date.now() > deadline) throw githubUnavailable(new Error('another renewal of this token does not end'));
      await delay(POLL_MS);
    }
  }

  /** Whether there is a token to try; GitHub is not asked. */
  async connected(userId: string): Promise<boolean> {
    const row = await this.tokens.find(userId);
    return row !== null && this.isAlive(row);
  }

  /** Keeps what a sign-in has brought. */
  async store(tx: EntityManager, userId: string, grant: Grant): Promise<void> {
    await this.tokens.replace(tx, userId, this.sealed(grant, userId));
  }

  /**
   * Forgets a connection that GitHub has ended. With the token that GitHub refused, one that was renewed in the meantime
   * is left alone.
   */
  async drop(userId: string, refused?: string): Promise<void> {
    const row = await this.tokens.find(userId);
    if (row === null) return;
    if (refused !== undefined && this.isAlive(row) && this.open(row.accessToken, userId) !== refused) return;
    await this.forget(row, 'github.revoked');
  }

  private async usable(userId: string): Promise<GithubToken> {
    const row = await this.tokens.find(userId);
    if (row === null || !this.isAlive(row)) throw reconnectGithub();
    return row;
  }

  /** Sealed with our key, and not past the end of both tokens. */
  private isAlive(row: GithubToken): boolean {
    if (row.keyId !== this.box.keyId) return false;
    const renewable = row.refreshToken !== null && (row.refreshExpiresAt === null || row.refreshExpiresAt > new Date());
    return renewable || !runsOut(row, 0);
  }

  private async renew(userId: string, lease: Lease): Promise<string> {
    try {
      const row = await this.usable(userId);
      if (!runsOut(row, MARGIN_MS)) return this.open(row.accessToken, userId);
      if (row.refreshToken === null) return this.open(row.accessToken, userId);
      return await this.exchange(row, lease, this.open(row.refreshToken, userId));
    } finally {
      await this.leases.release(lease);
    }
  }

  private async exchange(row: GithubToken, lease: Lease, refreshToken: string): Promise<string> {
    try {
      const grant = await this.github.requestGrant({ grant_type: 'refresh_token', refresh_token: refreshToken });
      await this.transactions.run(async (tx) => {
        await this.leases.assertHeld(tx, lease);
        await this.tokens.update(tx, row.id, this.sealed(grant, row.userId));
      });
      return grant.access_token;
    } catch (error) {
      if (error instanceof GrantRefusedError) {
        await this.forget(row, error.code);
        throw reconnectGithub();
      }
      if (!runsOut(row, 0)) return this.open(row.accessToken, row.userId);
      throw error;
    }
  }

  private async forget(row: GithubToken, reason: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.tokens.remove(tx, row))) return;
      await this.audit.record(tx, {
        action: 'github.disconnect',
        target: { type: 'user', id: row.userId },
        result: 'ok',
        reason,
      });
    });
  }

  private sealed(grant: Grant, userId: string): SealedGrant {
    return {
      keyId: this.box.keyId,
      accessToken: this.box.seal(grant.access_token, accessContext(userId)),
      refreshToken: grant.refresh_token ? this.box.seal(grant.refresh_token, accessContext(userId)) : null,
      expiresAt: inSeconds(grant.expires_in),
      refreshExpiresAt: inSeconds(grant.refresh_token_expires_in),
    };
  }

  private open(sealed: string, userId: string): string {
    return this.box.open(sealed, accessContext(userId));
  }
}

const accessContext = (userId: string): string => `github-token:${userId}`;

function inSeconds(seconds: number | undefined): Date | null {
  return seconds === undefined ? null : new Date(Date.now() + seconds * 1_000);
}

function runsOut(row: GithubToken, marginMs: number): boolean {
  return row.expiresAt !== null && row.expiresAt.getTime() - marginMs <= Date.now();
}

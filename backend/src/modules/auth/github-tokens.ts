import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { setTimeout as delay } from 'node:timers/promises';
import { Leases, type Lease } from '../../platform/database/lease.js';
import { Transactions } from '../../platform/database/transactions.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { AuditLog } from '../audit/index.js';
import { githubUnavailable, reconnectGithub } from './auth.errors.js';
import type { GithubToken } from './entities/github-token.entity.js';
import { GithubIdentityClient, type Grant, GrantRefusedError } from './oauth/github-identity.client.js';
import { TokenVault } from './oauth/token-vault.js';
import { GithubTokensRepository } from './repositories/github-tokens.repository.js';

/** A token is renewed this long before its end, so that a call made with it does not outlive it. */
const MARGIN_MS = 5 * 60_000;
const LEASE_SECONDS = 60;
/** A renewal elsewhere ends the old token: with a good one in hand it is waited for, but not for long. */
const PATIENCE_MS = 3_000;
const POLL_MS = 100;

/**
 * The right to act for a user on GitHub. Tokens are sealed at rest and renewed by one process at a time: GitHub's refresh
 * tokens work once, and a second renewal with the same one would end the connection.
 */
@Injectable()
export class GithubTokens {
  constructor(
    private readonly tokens: GithubTokensRepository,
    private readonly vault: TokenVault,
    private readonly github: GithubIdentityClient,
    private readonly leases: Leases,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The user's own token, good for some minutes.
   * @throws DomainError `github.reconnect` (409) when the user has to sign in with GitHub again; `github.unavailable`
   * (503) or `github.timeout` (504) when it has run out and GitHub cannot be asked for a new one.
   */
  async forUser(userId: string): Promise<string> {
    const begun = Date.now();
    for (;;) {
      const row = await this.usable(userId);
      if (!runsOut(row, MARGIN_MS)) return this.vault.accessToken(row);
      const lease = await this.leases.claim('github_tokens', row.id, { seconds: LEASE_SECONDS });
      if (lease) return this.renew(userId, lease);
      const waited = Date.now() - begun;
      if (waited > PATIENCE_MS && !runsOut(row, 0)) return this.vault.accessToken(row);
      if (waited > LEASE_SECONDS * 1_000) {
        throw githubUnavailable(new Error('another renewal of this token does not end'));
      }
      await delay(POLL_MS);
    }
  }

  /**
   * GitHub has refused a token. Another process may have renewed it while it was in use; else the connection is over.
   * @returns the token that came in its place; null when there is none and the user has to connect again
   */
  async afterRefusal(userId: string, refused: string): Promise<string | null> {
    const deadline = Date.now() + LEASE_SECONDS * 1_000;
    for (;;) {
      const row = await this.tokens.find(userId);
      if (row === null || !this.vault.canOpen(row)) return null;
      const token = this.vault.accessToken(row);
      if (token !== refused) return token;
      // Under the lease nobody renews it; what is refused now stays refused.
      const lease = await this.leases.claim('github_tokens', row.id, { seconds: LEASE_SECONDS });
      if (lease) {
        await this.transactions.run((tx) => this.forget(tx, row, 'github.refused'));
        await this.leases.release(lease);
        continue;
      }
      if (Date.now() > deadline) throw githubUnavailable(new Error('a renewal of this token does not end'));
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
    await this.tokens.replace(tx, userId, this.vault.seal(grant, userId));
  }

  /** Forgets a connection that the user has ended on GitHub, in the transaction that takes note of it. */
  async drop(tx: EntityManager, userId: string): Promise<void> {
    if (await this.tokens.removeOf(tx, userId)) await this.recordEnd(tx, userId, 'github.revoked');
  }

  private async usable(userId: string): Promise<GithubToken> {
    const row = await this.tokens.find(userId);
    if (row === null || !this.isAlive(row)) throw reconnectGithub();
    return row;
  }

  /** Sealed with a key of ours, and not past the end of both tokens. */
  private isAlive(row: GithubToken): boolean {
    if (!this.vault.canOpen(row)) return false;
    const renewable = row.refreshToken !== null && (row.refreshExpiresAt === null || row.refreshExpiresAt > new Date());
    return renewable || !runsOut(row, 0);
  }

  private async renew(userId: string, lease: Lease): Promise<string> {
    try {
      const row = await this.usable(userId);
      if (!runsOut(row, MARGIN_MS)) return this.vault.accessToken(row);
      const refreshToken = this.vault.refreshToken(row);
      return refreshToken === null ? this.vault.accessToken(row) : await this.exchange(row, lease, refreshToken);
    } finally {
      await this.leases.release(lease);
    }
  }

  private async exchange(row: GithubToken, lease: Lease, refreshToken: string): Promise<string> {
    try {
      const grant = await this.github.requestGrant({ grant_type: 'refresh_token', refresh_token: refreshToken });
      await this.transactions.run(async (tx) => {
        // Dropped in the meantime: the user has ended the connection, or signed in anew.
        if (!(await this.tokens.update(tx, lease, this.vault.seal(grant, row.userId)))) throw reconnectGithub();
      });
      return grant.access_token;
    } catch (error) {
      if (error instanceof GrantRefusedError) {
        await this.transactions.run((tx) => this.forget(tx, row, error.code));
        throw reconnectGithub();
      }
      if (error instanceof DomainError && error.kind !== 'conflict' && !runsOut(row, 0))
        return this.vault.accessToken(row);
      throw error;
    }
  }

  private async forget(tx: EntityManager, row: GithubToken, reason: string): Promise<void> {
    if (await this.tokens.remove(tx, row)) await this.recordEnd(tx, row.userId, reason);
  }

  private recordEnd(tx: EntityManager, id: string, reason: string): Promise<void> {
    return this.audit.record(tx, { action: 'github.disconnect', target: { type: 'user', id }, result: 'ok', reason });
  }
}

function runsOut(row: GithubToken, marginMs: number): boolean {
  return row.expiresAt !== null && row.expiresAt.getTime() - marginMs <= Date.now();
}

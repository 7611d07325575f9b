import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { currentContext } from '../../../platform/context/request-context.js';
import { randomToken, sha256Hex } from '../../../platform/crypto/tokens.js';
import { newId } from '../../../platform/database/ids.js';
import { Transactions } from '../../../platform/database/transactions.js';
import type { Principal } from '../../../platform/http/principal.js';
import { AuditLog } from '../../audit/index.js';
import type { Login } from '../entities/login.entity.js';
import type { User } from '../entities/user.entity.js';
import { absoluteLifetime, oldestUse } from '../login-lifetime.js';
import { LoginRevocations } from '../login-revocations.js';
import { principalOf } from '../principals.js';
import { LoginsRepository } from '../repositories/logins.repository.js';

const MINUTE_MS = 60_000;

/** Browsers that are signed in. */
@Injectable()
export class LoginsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly logins: LoginsRepository,
    private readonly revocations: LoginRevocations,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** Who the secret of a cookie belongs to; null when it is unknown, has ended, or its user is disabled. */
  async authenticate(secret: string): Promise<Principal | null> {
    const found = await this.logins.byTokenHash(sha256Hex(secret));
    const now = new Date();
    if (!found || found.login.expiresAt <= now || found.login.lastUsedAt <= oldestUse(this.config)) return null;
    const principal = principalOf(found.user, { via: 'cookie', loginId: found.login.id });
    const lately = new Date(now.getTime() - MINUTE_MS);
    if (principal && found.login.lastUsedAt < lately) await this.logins.touch(found.login.id, now, lately);
    return principal;
  }

  /** A new login with a new secret, in the transaction of the sign-in. */
  async create(tx: EntityManager, user: User): Promise<{ login: Login; secret: string }> {
    const secret = randomToken();
    const now = new Date();
    const context = currentContext();
    const login: Login = {
      id: newId(),
      userId: user.id,
      tokenHash: sha256Hex(secret),
      ip: context?.ip ?? null,
      userAgent: context?.userAgent ?? null,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: new Date(now.getTime() + absoluteLifetime(this.config)),
    };
    await this.logins.insert(tx, login);
    return { login, secret };
  }

  list(userId: string, beforeId: string | undefined, limit: number): Promise<Login[]> {
    return this.logins.list(userId, oldestUse(this.config), beforeId, limit);
  }

  find(userId: string, id: string): Promise<Login | null> {
    return this.logins.find(userId, id);
  }

  /** Ends a login at once, on every open channel. Ending an ended one is no failure. */
  async end(login: Pick<Login, 'id' | 'userId'>, reason: 'sign-out' | 'ended' | 'replaced'): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (await this.logins.remove(tx, login.id)) await this.record(tx, login, reason);
    });
    await this.revocations.announce(`login:${login.id}`);
  }

  /** Ends the login that a secret belongs to, if there is one. */
  async endBySecret(secret: string): Promise<void> {
    const found = await this.logins.byTokenHash(sha256Hex(secret));
    if (found) await this.end(found.login, 'replaced');
  }

  /** Ends every other login of the user. */
  async endOthers(userId: string, keptId: string | undefined): Promise<void> {
    const ended = await this.transactions.run((tx) => this.endAll(tx, userId, keptId));
    await this.revocations.announce(...ended.map((id) => `login:${id}` as const));
  }

  /** Ends logins of a user in a transaction of the caller, who announces them after the commit. */
  async endAll(tx: EntityManager, userId: string, keptId?: string): Promise<string[]> {
    const ended = await this.logins.removeOthers(tx, userId, keptId);
    for (const id of ended) await this.record(tx, { id, userId }, 'ended');
    return ended;
  }

  private record(tx: EntityManager, login: Pick<Login, 'id' | 'userId'>, reason: string): Promise<void> {
    return this.audit.record(tx, {
      action: 'login.end',
      target: { type: 'login', id: login.id },
      result: 'ok',
      details: { userId: login.userId, how: reason },
    });
  }
}

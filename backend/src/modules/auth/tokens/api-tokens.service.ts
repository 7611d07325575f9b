import { Injectable } from '@nestjs/common';
import { randomToken, sha256Hex } from '../../../platform/crypto/tokens.js';
import { newId } from '../../../platform/database/ids.js';
import { Transactions } from '../../../platform/database/transactions.js';
import type { Principal, Scope } from '../../../platform/http/principal.js';
import { AuditLog } from '../../audit/index.js';
import { tooManyTokens } from '../auth.errors.js';
import type { ApiToken } from '../entities/api-token.entity.js';
import { LoginRevocations } from '../login-revocations.js';
import { principalOf } from '../principals.js';
import { ApiTokensRepository } from '../repositories/api-tokens.repository.js';
import { UsersRepository } from '../repositories/users.repository.js';

const PREFIX = 'yud_';
const MINUTE_MS = 60_000;
const MOST_TOKENS = 100;

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date;
}

/** Programs' way in. */
@Injectable()
export class ApiTokensService {
  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly users: UsersRepository,
    private readonly revocations: LoginRevocations,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** Who a bearer's secret belongs to; null when it is none of ours, has run out, or its user is disabled. */
  async authenticate(secret: string): Promise<Principal | null> {
    if (!secret.startsWith(PREFIX)) return null;
    const found = await this.tokens.byTokenHash(sha256Hex(secret));
    const now = new Date();
    if (!found || found.token.expiresAt <= now) return null;
    const { id, scopes, lastUsedAt } = found.token;
    const principal = principalOf(found.user, { via: 'token', tokenId: id, scopes });
    const lately = new Date(now.getTime() - MINUTE_MS);
    if (principal && (lastUsedAt === null || lastUsedAt < lately)) await this.tokens.touch(id, now, lately);
    return principal;
  }

  /** The one time that the secret can be seen. */
  create(userId: string, { name, scopes, expiresAt }: NewToken): Promise<{ token: ApiToken; secret: string }> {
    const secret = `${PREFIX}${randomToken()}`;
    const token: ApiToken = {
      id: newId(),
      userId,
      name,
      tokenHash: sha256Hex(secret),
      scopes: [...scopes],
      expiresAt,
      lastUsedAt: null,
      createdAt: new Date(),
    };
    return this.transactions.run(async (tx) => {
      // The user's row is locked so that the limit holds for requests at the same time, too.
      await this.users.lock(tx, userId);
      if ((await this.tokens.count(tx, userId)) >= MOST_TOKENS) throw tooManyTokens(MOST_TOKENS);
      await this.tokens.insert(tx, token);
      await this.audit.record(tx, {
        action: 'token.create',
        target: { type: 'token', id: token.id, name },
        result: 'ok',
        details: { scopes, expiresAt: expiresAt.toISOString() },
      });
      return { token, secret };
    });
  }

  list(userId: string, beforeId: string | undefined, limit: number): Promise<ApiToken[]> {
    return this.tokens.list(userId, beforeId, limit);
  }

  find(userId: string, id: string): Promise<ApiToken | null> {
    return this.tokens.find(userId, id);
  }

  /** Deletes a token at once, on every open channel. */
  async delete(token: ApiToken): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.tokens.remove(tx, token.id))) return;
      await this.audit.record(tx, {
        action: 'token.delete',
        target: { type: 'token', id: token.id, name: token.name },
        result: 'ok',
      });
    });
    await this.revocations.announce(`token:${token.id}`);
  }
}

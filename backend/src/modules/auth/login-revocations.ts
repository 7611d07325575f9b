import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import type { Principal } from '../../platform/http/principal.js';
import { type AccessKey, type Ground, OpenStreams } from '../../platform/streams/open-streams.js';
import { oldestUse } from './login-lifetime.js';
import { ApiTokensRepository } from './repositories/api-tokens.repository.js';
import { LoginsRepository } from './repositories/logins.repository.js';
import { UsersRepository } from './repositories/users.repository.js';

/** A way in that has ended, or a user who may do less than before. */
export type Revoked = Extract<AccessKey, `${'login' | 'token' | 'user'}:${string}`>;

/** Ends open streams together with the login or token they belong to, and when their user is disabled or changes role. */
@Injectable()
export class LoginRevocations implements Ground<Principal> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly streams: OpenStreams,
    private readonly logins: LoginsRepository,
    private readonly tokens: ApiTokensRepository,
    private readonly users: UsersRepository,
  ) {}

  /** Call after the commit. Never fails. */
  announce(...ended: Revoked[]): Promise<void> {
    return this.streams.announce(...ended);
  }

  /** Aborts `stream` when the principal's way in ends, or their role is another one. */
  watch(principal: Principal, stream: AbortController): Promise<void> {
    return this.streams.watch(stream, this, principal);
  }

  keysOf({ userId, loginId, tokenId }: Principal): Revoked[] {
    return [
      `user:${userId}`,
      ...(loginId ? [`login:${loginId}` as const] : tokenId ? [`token:${tokenId}` as const] : []),
    ];
  }

  async gone(principals: readonly Principal[]): Promise<Principal[]> {
    const [logins, tokens, roles] = await Promise.all([
      this.logins.alive(
        principals.flatMap(({ loginId }) => loginId ?? []),
        oldestUse(this.config),
      ),
      this.tokens.alive(principals.flatMap(({ tokenId }) => tokenId ?? [])),
      this.users.rolesOf([...new Set(principals.map(({ userId }) => userId))]),
    ]);
    return principals.filter(
      ({ userId, role, loginId = '', tokenId = '' }) =>
        roles.get(userId) !== role || !(logins.has(loginId) || tokens.has(tokenId)),
    );
  }
}

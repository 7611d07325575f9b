import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import { Transactions } from '../../../platform/database/transactions.js';
import type { Role } from '../../../platform/http/principal.js';
import { type AuditActor, AuditLog } from '../../audit/index.js';
import type { User } from '../entities/user.entity.js';
import { GithubTokens } from '../github-tokens.js';
import { LoginsService } from '../logins/logins.service.js';
import type { GithubProfile } from '../oauth/github-identity.client.js';
import { UsersRepository } from '../repositories/users.repository.js';
import type { GithubIdentity } from './github.strategy.js';
import { SignInPolicy } from './sign-in.policy.js';

/** Why a sign-in failed, for the sign-in page: `/sign-in?error=<code>`. */
export type SignInFailure = 'denied' | 'state' | 'code' | 'github' | 'not-allowed' | 'disabled';

/** GitHub has said who it is, and they must stay outside. */
export class SignInRefused extends Error {
  constructor(readonly failure: SignInFailure) {
    super(`sign-in refused: ${failure}`);
    this.name = 'SignInRefused';
  }
}

/** Turns an identity that GitHub has confirmed into a login. */
@Injectable()
export class SignInService {
  constructor(
    private readonly policy: SignInPolicy,
    private readonly users: UsersRepository,
    private readonly logins: LoginsService,
    private readonly githubTokens: GithubTokens,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Signs in, under a secret that was never seen before.
   * @returns the secret for the cookie.
   * @throws SignInRefused after the refusal was written down.
   */
  async signIn({ profile, grant }: GithubIdentity): Promise<string> {
    const vouched = await this.policy.isInAllowedOrganisation(grant.access_token);
    try {
      return await this.transactions.run(async (tx) => {
        if (!(await this.policy.mayEnter(tx, profile, vouched))) throw new SignInRefused('not-allowed');
        const user = await this.recognise(tx, profile);
        if (user.disabledAt !== null) throw new SignInRefused('disabled');
        await this.githubTokens.store(tx, user.id, grant);
        const { login, secret } = await this.logins.create(tx, user);
        await this.audit.record(tx, {
          action: 'login.create',
          actor: actorOf(user),
          target: { type: 'login', id: login.id },
          result: 'ok',
          details: { githubId: user.githubId },
        });
        return secret;
      });
    } catch (error) {
      if (error instanceof SignInRefused) await this.recordRefusal(profile, error.failure);
      throw error;
    }
  }

  /** The user with this GitHub id, new or known, as GitHub describes them now. */
  private async recognise(tx: EntityManager, profile: GithubProfile): Promise<User> {
    const given = await this.policy.roleGiven(tx, profile);
    const id = newId();
    const user = await this.users.lockOrInsert(tx, { ...described(profile), id, role: given ?? 'member' });
    if (user.id === id) {
      await this.recordUser(tx, user, 'user.create', { role: user.role });
      return user;
    }
    const { githubId: _same, createdAt: _first, disabledAt: _kept, ...news } = described(profile);
    const role = given ?? user.role;
    await this.users.update(tx, user.id, { ...news, role });
    const current = { ...user, ...news, role };
    if (role !== user.role) await this.recordUser(tx, current, 'user.update', { role: { from: user.role, to: role } });
    return current;
  }

  private recordUser(tx: EntityManager, user: User, action: string, details: Record<string, unknown>): Promise<void> {
    return this.audit.record(tx, {
      action,
      actor: actorOf(user),
      target: { type: 'user', id: user.id, name: user.login },
      result: 'ok',
      details: { ...details, githubId: user.githubId },
    });
  }

  private async recordRefusal(profile: GithubProfile, reason: SignInFailure): Promise<void> {
    const known = await this.users.byGithubId(String(profile.id));
    await this.transactions.run((tx) =>
      this.audit.record(tx, {
        action: 'login.refused',
        actor: { type: 'user', id: known?.id ?? null, login: profile.login, role: known?.role ?? null },
        target: { type: 'user', id: known?.id ?? null, name: profile.login },
        result: 'denied',
        reason,
        details: { githubId: String(profile.id) },
      }),
    );
  }
}

function described(profile: GithubProfile): Omit<User, 'id' | 'role'> {
  const now = new Date();
  return {
    githubId: String(profile.id),
    login: profile.login,
    name: profile.name ?? null,
    avatarUrl: profile.avatar_url ?? null,
    email: profile.email ?? null,
    disabledAt: null,
    createdAt: now,
    lastSignInAt: now,
  };
}

function actorOf(user: User): AuditActor & { role: Role } {
  return { type: 'user', id: user.id, login: user.login, role: user.role };
}

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import type { Role } from '../../../platform/http/principal.js';
import type { ClaimKind } from '../entities/login-claim.entity.js';
import { type GithubProfile, GithubIdentityClient } from '../oauth/github-identity.client.js';
import { LoginClaimsRepository } from '../repositories/login-claims.repository.js';

/** Who may sign in, and as what: the deployment's lists, with logins settled to GitHub's ids at their first sign-in. */
@Injectable()
export class SignInPolicy {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly github: GithubIdentityClient,
    private readonly claims: LoginClaimsRepository,
  ) {}

  /** Whether an organisation of ALLOWED_ORGS vouches for the user; GitHub is asked with the user's own token. */
  async isInAllowedOrganisation(accessToken: string): Promise<boolean> {
    for (const organisation of this.config.ALLOWED_ORGS) {
      if (await this.github.isMember(accessToken, organisation)) return true;
    }
    return false;
  }

  /** With neither list set (possible on loopback only) everybody may. */
  async mayEnter(tx: EntityManager, profile: GithubProfile, isInAllowedOrganisation: boolean): Promise<boolean> {
    const { ALLOWED_LOGINS, ALLOWED_ORGS } = this.config;
    if (isInAllowedOrganisation || (ALLOWED_LOGINS.length === 0 && ALLOWED_ORGS.length === 0)) return true;
    await this.claim(tx, 'sign-in', ALLOWED_LOGINS, profile);
    return this.claims.holds(tx, 'sign-in', ALLOWED_LOGINS.map(lower), String(profile.id));
  }

  /** The role that the lists give, once: what an administrator changes afterwards stays changed. */
  async roleGiven(tx: EntityManager, profile: GithubProfile): Promise<Role | undefined> {
    const auditor = await this.claim(tx, 'auditor', this.config.AUDITOR_LOGINS, profile);
    const admin = await this.claim(tx, 'admin', this.config.ADMIN_LOGINS, profile);
    if (admin) return 'admin';
    return auditor ? 'auditor' : undefined;
  }

  private async claim(
    tx: EntityManager,
    kind: ClaimKind,
    list: readonly string[],
    profile: GithubProfile,
  ): Promise<boolean> {
    const login = lower(profile.login);
    return list.map(lower).includes(login) && this.claims.claim(tx, kind, login, String(profile.id));
  }
}

const lower = (login: string): string => login.toLowerCase();

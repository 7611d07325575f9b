import { Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/http/principal.js';
import { UsersService } from '../auth/index.js';
import { SolvesRepository } from './repositories/solves.repository.js';

/** The person on whose behalf a solve's job acts; undefined once that account is gone. */
@Injectable()
export class RequesterPrincipal {
  constructor(
    private readonly solves: SolvesRepository,
    private readonly users: UsersService,
  ) {}

  async of(solveId: string): Promise<Principal | undefined> {
    const solve = await this.solves.byId(solveId);
    return solve?.requestedBy ? this.byId(solve.requestedBy) : undefined;
  }

  async byId(userId: string): Promise<Principal | undefined> {
    const user = await this.users.byId(userId);
    if (!user) return undefined;
    return { userId: user.id, githubId: user.githubId, login: user.login, role: user.role, via: 'cookie' };
  }
}

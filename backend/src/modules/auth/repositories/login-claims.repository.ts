import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { type ClaimKind, LoginClaim } from '../entities/login-claim.entity.js';

@Injectable()
export class LoginClaimsRepository {
  /** Settles who a configured login is; false when that was settled before. */
  async claim(tx: EntityManager, kind: ClaimKind, login: string, githubId: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO login_claims (kind, login, github_id) VALUES ($1, $2, $3)
       ON CONFLICT (kind, login) DO NOTHING RETURNING kind`,
      [kind, login, githubId],
    );
    return rows.length === 1;
  }

  /** Whether one of these logins turned out to be this id. */
  holds(tx: EntityManager, kind: ClaimKind, logins: readonly string[], githubId: string): Promise<boolean> {
    return tx.existsBy(LoginClaim, { kind, githubId, login: In([...logins]) });
  }
}

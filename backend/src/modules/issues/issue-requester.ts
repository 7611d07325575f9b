import { Injectable } from '@nestjs/common';
import { currentContext } from '../../platform/context/request-context.js';
import type { Principal } from '../../platform/http/principal.js';
import { UsersService } from '../auth/index.js';
import { accountGone } from './issues.errors.js';

/** The person on whose behalf a job acts. */
@Injectable()
export class IssueRequester {
  constructor(private readonly users: UsersService) {}

  /**
   * From here on the running job's log lines and audit entries name this person.
   * @throws DomainError `issues.account-gone` for an account that was deleted or shut out in the meantime.
   */
  async assume(userId: string | null): Promise<Principal> {
    const user = userId === null ? null : await this.users.byId(userId);
    if (!user || user.disabledAt !== null) throw accountGone();
    const { id, githubId, login, role } = user;
    const principal: Principal = { userId: id, githubId, login, role, via: 'cookie' };
    const context = currentContext();
    if (context) context.principal = principal;
    return principal;
  }
}

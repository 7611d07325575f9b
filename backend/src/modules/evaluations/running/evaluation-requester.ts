import { Injectable } from '@nestjs/common';
import { currentContext } from '../../../platform/context/request-context.js';
import { UsersService } from '../../auth/index.js';

/** The person on whose behalf an evaluation is made. */
@Injectable()
export class EvaluationRequester {
  constructor(private readonly users: UsersService) {}

  /**
   * From here on the running job's log lines and audit entries name this person.
   * @returns the user's id; null for an account that was deleted or shut out in the meantime
   */
  async assume(requestedBy: string | null): Promise<string | null> {
    const user = requestedBy === null ? null : await this.users.byId(requestedBy);
    if (!user || user.disabledAt !== null) return null;
    const { id: userId, githubId, login, role } = user;
    const context = currentContext();
    if (context) context.principal = { userId, githubId, login, role, via: 'cookie' };
    return userId;
  }
}

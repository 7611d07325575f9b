import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../../../platform/database/transactions.js';
import type { Role } from '../../../platform/http/principal.js';
import { AuditLog } from '../../audit/index.js';
import { lastAdmin, userNotFound } from '../auth.errors.js';
import type { User } from '../entities/user.entity.js';
import { LoginRevocations } from '../login-revocations.js';
import { LoginsService } from '../logins/logins.service.js';
import { type UserFilter, UsersRepository } from '../repositories/users.repository.js';

export interface UserChange {
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
}

/** What administrators do with users. */
@Injectable()
export class UserAdministration {
  constructor(
    private readonly users: UsersRepository,
    private readonly logins: LoginsService,
    private readonly revocations: LoginRevocations,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  list(filter: UserFilter, beforeId: string | undefined, limit: number): Promise<User[]> {
    return this.users.list(filter, beforeId, limit);
  }

  /**
   * Changes role or access. Both end the user's open streams at once. Disabling ends the user's logins, too; API tokens stop
   * working until the user is enabled again.
   * @throws DomainError `users.last-admin` (409) when nobody would be left to administer.
   */
  async update(id: string, change: UserChange): Promise<User> {
    const updated = await this.transactions.run((tx) => this.apply(tx, id, change));
    await this.revocations.announce(`user:${id}`);
    return updated;
  }

  private async apply(tx: EntityManager, id: string, { role, disabled }: UserChange): Promise<User> {
    const admins = await this.users.lockAdmins(tx);
    const user = await this.users.lock(tx, id);
    if (!user) throw userNotFound();
    const changed: User = {
      ...user,
      role: role ?? user.role,
      disabledAt: disabled === undefined ? user.disabledAt : disabled ? (user.disabledAt ?? new Date()) : null,
    };
    const administers = changed.role === 'admin' && changed.disabledAt === null;
    if (!administers && admins.every((admin) => admin.id === id) && admins.length > 0) throw lastAdmin();
    await this.users.update(tx, id, { role: changed.role, disabledAt: changed.disabledAt });
    if (disabled) await this.logins.endAll(tx, id);
    await this.audit.record(tx, {
      action: 'user.update',
      target: { type: 'user', id, name: user.login },
      result: 'ok',
      details: differences(user, changed),
    });
    return changed;
  }
}

function differences(before: User, after: User): Record<string, unknown> {
  const disabled = { from: before.disabledAt !== null, to: after.disabledAt !== null };
  return {
    ...(before.role === after.role ? {} : { role: { from: before.role, to: after.role } }),
    ...(disabled.from === disabled.to ? {} : { disabled }),
  };
}

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import { userNotFound } from '../auth.errors.js';
import type { AdminLimit, AdminLimits } from '../dto/limits.dto.js';
import { viewOfPerson } from '../dto/users.dto.js';
import type { User } from '../entities/user.entity.js';
import { ratesOf } from '../limits/rate-limits.js';
import { BudgetsRepository, type OwnLimits } from '../repositories/budgets.repository.js';
import { UsersRepository } from '../repositories/users.repository.js';
import { type BudgetName, type BudgetScope, DEPLOYMENT, EVERYONE } from './budget.types.js';
import { BudgetStandings } from './budget-standings.js';

export interface LimitsChange {
  readonly scope: BudgetScope;
  readonly userId?: string | undefined;
  /** Null is unlimited; `standard` takes the own setting away. */
  readonly limits: readonly { readonly name: BudgetName; readonly limit: number | null | 'standard' }[];
}

const MOST_USERS = 200;

/** Budgets as administrators see and set them. */
@Injectable()
export class LimitAdministration {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly standings: BudgetStandings,
    private readonly budgets: BudgetsRepository,
    private readonly users: UsersRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  async list(): Promise<AdminLimits> {
    const users = await this.users.byIds(await this.budgets.usersWithOwn(MOST_USERS));
    const views = [this.view(DEPLOYMENT), this.view(EVERYONE), ...users.map((user) => this.view('user', user))];
    return { rates: ratesOf(this.config), items: (await Promise.all(views)).flat() };
  }

  /** @throws DomainError `users.not-found` */
  async ofUser(id: string): Promise<AdminLimits> {
    return { rates: ratesOf(this.config), items: await this.view('user', await this.user(id)) };
  }

  /** Applies to the calls that begin from now on. @throws DomainError `users.not-found` */
  async update({ scope, userId, limits }: LimitsChange): Promise<AdminLimits> {
    const user = userId === undefined ? undefined : await this.user(userId);
    await this.transactions.run((tx) => this.apply(tx, { scope, user, limits }));
    return { rates: ratesOf(this.config), items: await this.view(scope, user) };
  }

  private async apply(
    tx: EntityManager,
    { scope, user, limits }: { scope: BudgetScope; user: User | undefined; limits: LimitsChange['limits'] },
  ): Promise<void> {
    const subject = user?.id ?? scope;
    await this.budgets.lock(tx, [subject]);
    const before = (await this.budgets.ownLimits([subject], tx)).get(subject) ?? {};
    const after = limits.reduce(withChange, before);
    await this.budgets.setLimits(tx, subject, after);
    await this.audit.record(tx, {
      action: 'limits.update',
      target: { type: 'limits', id: subject, name: user?.login ?? scope },
      result: 'ok',
      details: Object.fromEntries(
        limits.map(({ name }) => [name, { from: told(before, name), to: told(after, name) }]),
      ),
    });
  }

  private async user(id: string): Promise<User> {
    const user = await this.users.byId(id);
    if (!user) throw userNotFound();
    return user;
  }

  private async view(scope: BudgetScope, user?: User): Promise<AdminLimit[]> {
    const limits = await this.standings.of(user?.id ?? scope);
    const isMeasured = scope !== EVERYONE;
    return limits.map(({ used, reserved, resetsAt, ...limit }) => ({
      ...{ scope, user: user ? viewOfPerson(user) : null, ...limit },
      ...{ used: isMeasured ? used : null, reserved: isMeasured ? reserved : null, resetsAt },
    }));
  }
}

function withChange(limits: OwnLimits, { name, limit }: LimitsChange['limits'][number]): OwnLimits {
  const { [name]: _old, ...others } = limits;
  return limit === 'standard' ? others : { ...others, [name]: limit };
}

/** As the audit trail tells it: a missing setting is `standard`. */
const told = (limits: OwnLimits, name: BudgetName): number | string | null =>
  limits[name] === undefined ? 'standard' : limits[name];

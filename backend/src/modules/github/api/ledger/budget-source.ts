import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type GithubBudget, GithubBudgets, UsersService } from '../../../auth/index.js';
import { RateStates } from './rate-state.js';

/** Tells administrators how much of GitHub's hourly calls each user has left. */
@Injectable()
export class BudgetSource implements OnModuleInit {
  constructor(
    private readonly states: RateStates,
    private readonly users: UsersService,
    private readonly budgets: GithubBudgets,
  ) {}

  onModuleInit(): void {
    this.budgets.register(() => this.list());
  }

  private async list(): Promise<GithubBudget[]> {
    const states = await this.states.list();
    const users = await this.users.byIds(states.map(({ userId }) => userId));
    const logins = new Map(users.map(({ id, login }) => [id, login]));
    return states.flatMap(({ userId: id, calls }) => {
      const name = logins.get(id);
      return calls && name !== undefined ? [{ holder: 'user', id, name, resource: 'core', ...calls }] : [];
    });
  }
}

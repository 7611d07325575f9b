import { Injectable } from '@nestjs/common';
import type { AdminUsage } from '../dto/usage.dto.js';
import { viewOfPerson } from '../dto/users.dto.js';
import { UsersRepository } from '../repositories/users.repository.js';
import { GithubBudgets } from './github-budgets.js';
import { type Span, UsageReportRepository } from './usage-report.repository.js';

/** Who used how much of the language model, in which repository, and what is left of GitHub's budgets. */
@Injectable()
export class UsageReport {
  constructor(
    private readonly usage: UsageReportRepository,
    private readonly users: UsersRepository,
    private readonly github: GithubBudgets,
  ) {}

  async of(span: Span): Promise<AdminUsage> {
    const [total, users, repositories, days, github] = await Promise.all([
      this.usage.total(span),
      this.byUser(span),
      this.usage.byRepository(span),
      this.usage.byDay(span),
      this.github.all(),
    ]);
    return {
      ...{ from: span.from.toISOString(), to: span.to.toISOString() },
      ...{ total, users, repositories, days },
      github: github.map((budget) => ({ ...budget, resetsAt: budget.resetsAt?.toISOString() ?? null })),
    };
  }

  private async byUser(span: Span): Promise<AdminUsage['users']> {
    const rows = await this.usage.byUser(span);
    const known = new Map((await this.users.byIds(rows.map(({ userId }) => userId))).map((user) => [user.id, user]));
    return rows.flatMap(({ userId, ...spent }) => {
      const user = known.get(userId);
      return user ? [{ user: viewOfPerson(user), ...spent }] : [];
    });
  }
}

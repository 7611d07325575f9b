import { Injectable } from '@nestjs/common';

/** What is left of a budget of requests that GitHub gives to a user's token or to an installation. */
export interface GithubBudget {
  readonly holder: 'user' | 'installation';
  /** The user's or the installation's id. */
  readonly id: string;
  /** Login, or the account of the installation. */
  readonly name: string;
  /** GitHub's name of the budget, e.g. `core`, `search`. */
  readonly resource: string;
  readonly limit: number;
  readonly remaining: number;
  readonly resetsAt: Date | null;
}

export type GithubBudgetSource = () => Promise<readonly GithubBudget[]>;

/** GitHub's budgets, told by the module that talks to GitHub, which this one may not know. It registers in `onModuleInit`. */
@Injectable()
export class GithubBudgets {
  private readonly sources: GithubBudgetSource[] = [];

  register(source: GithubBudgetSource): void {
    this.sources.push(source);
  }

  async all(): Promise<GithubBudget[]> {
    return (await Promise.all(this.sources.map((source) => source()))).flat();
  }
}

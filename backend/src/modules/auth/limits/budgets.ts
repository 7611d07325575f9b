import { Injectable } from '@nestjs/common';

/** How much of something a person may have or use, and how much of it they do. */
export interface Budget {
  readonly name: string;
  readonly limit: number;
  readonly used: number;
}

export type BudgetSource = (userId: string) => Promise<Budget>;

/** Bounds other than rates; they belong to modules that this one may not know. Each registers its own in `onModuleInit`. */
@Injectable()
export class Budgets {
  private readonly sources: BudgetSource[] = [];

  register(source: BudgetSource): void {
    this.sources.push(source);
  }

  of(userId: string): Promise<Budget[]> {
    return Promise.all(this.sources.map((source) => source(userId)));
  }
}

import { Injectable } from '@nestjs/common';

/** How many rows of a kind each of these sessions has; sessions without any may be missing. */
export type Count = (sessionIds: readonly string[]) => Promise<Map<string, number>>;
export type Counted = 'issues' | 'solves';

/** Numbers that belong to modules which this one may not know; each registers its own in `onModuleInit`. */
@Injectable()
export class SessionCounts {
  private readonly counts = new Map<Counted, Count>();

  register(name: Counted, count: Count): void {
    this.counts.set(name, count);
  }

  async of(name: Counted, sessionIds: readonly string[]): Promise<Map<string, number>> {
    return (await this.counts.get(name)?.(sessionIds)) ?? new Map<string, number>();
  }
}

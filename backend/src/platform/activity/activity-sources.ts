import { Injectable } from '@nestjs/common';
import type { ActivityItem } from './activity.dto.js';

export type ActivitySource = (userId: string) => Promise<ActivityItem[]>;

/** Who knows of long work; each module registers its own in `onModuleInit`. */
@Injectable()
export class ActivitySources {
  private readonly sources: ActivitySource[] = [];

  register(source: ActivitySource): void {
    this.sources.push(source);
  }

  /** What is under way for a user, of all sources. */
  async of(userId: string): Promise<ActivityItem[]> {
    return (await Promise.all(this.sources.map((source) => source(userId)))).flat();
  }
}

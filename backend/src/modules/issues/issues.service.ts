import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SessionCounts } from '../sessions/index.js';
import type { Issue } from './entities/issue.entity.js';
import { IssuesRepository } from './repositories/issues.repository.js';

/** Issues for the other modules. Without a check of rights: that is the guard's part, or the caller's. */
@Injectable()
export class IssuesService implements OnModuleInit {
  constructor(
    private readonly issues: IssuesRepository,
    private readonly counts: SessionCounts,
  ) {}

  onModuleInit(): void {
    this.counts.register('issues', (sessionIds) => this.issues.countBySession(sessionIds));
  }

  byId(id: string): Promise<Issue | null> {
    return this.issues.byId(id);
  }
}

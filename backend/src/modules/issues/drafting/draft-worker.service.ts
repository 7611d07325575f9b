import { Injectable, Logger } from '@nestjs/common';
import { type Lease, LeaseLostError, Leases } from '../../../platform/database/lease.js';
import { isOutage } from '../../../platform/database/outage.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import type { Issue } from '../entities/issue.entity.js';
import { errorOf } from '../issue-error.js';
import { IssueRequester } from '../issue-requester.js';
import { gaveUp } from '../issues.errors.js';
import { IssuesRepository } from '../repositories/issues.repository.js';
import { DraftRecorder } from './draft-recorder.js';
import { DraftWriter } from './draft-writer.js';

const LEASE_SECONDS = 60;
const MOST_ATTEMPTS = 3;
const LONGEST_PAUSE_SECONDS = 60;
const PAUSE_SECONDS = 2;

/** Has the model write the drafts that wait for one. */
@Injectable()
export class DraftWorker {
  private readonly logger = new Logger(DraftWorker.name);

  constructor(
    private readonly leases: Leases,
    private readonly issues: IssuesRepository,
    private readonly requesters: IssueRequester,
    private readonly writer: DraftWriter,
    private readonly recorder: DraftRecorder,
  ) {}

  async take(id: string): Promise<void> {
    await this.leases.hold('issues', id, { seconds: LEASE_SECONDS }, async (lease, signal) => {
      const issue = await this.issues.byId(id);
      if (issue?.status !== 'drafting') return;
      try {
        await this.draft(lease, issue, signal);
      } catch (error) {
        if (error instanceof LeaseLostError || signal.aborted) return;
        // The draft waits in its row until a worker finds the database again.
        if (isOutage(error)) throw error;
        await this.settleFailure(lease, issue, error);
      }
    });
  }

  private async draft(lease: Lease, issue: Issue, signal: AbortSignal): Promise<void> {
    // Each attempt that got as far as this is paid for, also those that ended with their worker
    if (issue.attempts > MOST_ATTEMPTS) throw gaveUp('drafting');
    const { userId } = await this.requesters.assume(issue.requestedBy);
    const { text, usage } = await this.writer.write(issue, userId, signal);
    await this.recorder.drafted(lease, issue, text, usage);
  }

  /**
   * Only what was not begun is tried again: the model has not been paid for it, and nobody has waited long. A budget that is
   * only held by other calls has room again in a moment.
   */
  private async settleFailure(lease: Lease, issue: Issue, error: unknown): Promise<void> {
    if (!(error instanceof DomainError)) this.logger.error({ message: 'drafting failed', issueId: issue.id, error });
    const pause = error instanceof DomainError ? (error.retryAfterSeconds ?? PAUSE_SECONDS) : undefined;
    const isBusy = error instanceof DomainError && ['unavailable', 'rate-limited'].includes(error.kind);
    if (isBusy && issue.attempts < MOST_ATTEMPTS && pause !== undefined && pause <= LONGEST_PAUSE_SECONDS) {
      return this.recorder.postponed(lease, new Date(Date.now() + pause * 1_000));
    }
    return this.recorder.failed(lease, issue, errorOf(error));
  }
}

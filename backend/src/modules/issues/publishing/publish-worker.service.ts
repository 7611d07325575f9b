import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { LeaseLostError, Leases } from '../../../platform/database/lease.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { GithubIssues, type RemoteIssue, type RepositoryName } from '../../github/index.js';
import { errorOf } from '../issue-error.js';
import { IssueRequester } from '../issue-requester.js';
import { gaveUp } from '../issues.errors.js';
import { markerOf } from './marker.js';
import { type HeldIntent, PublishRecorder } from './publish-recorder.js';
import { PublishSource } from './publish-source.js';

const LEASE_SECONDS = 30;
const MOST_ATTEMPTS = 12;
const LONGEST_PAUSE_SECONDS = 300;
/** A shorter time is waited for on the spot; for a longer one the intent is put back. */
const LONGEST_SLEEP_MS = 5_000;
/** GitHub's clock and ours may differ. */
const CLOCK_MARGIN_MS = 10 * 60_000;
/** Failures that another try cannot mend. */
const FINAL_KINDS = new Set(['invalid', 'forbidden', 'not-found', 'conflict', 'unauthenticated']);

/** GitHub may still be taking in what was sent before; nobody looks for it before this time. */
class NotSettledError extends Error {
  constructor(readonly at: Date) {
    super('what was sent before may still arrive');
  }
}

/**
 * Brings an intent to GitHub exactly once: what may have been sent before is looked for by its marker first, and only
 * what is not there is sent, without trying again.
 */
@Injectable()
export class PublishWorker {
  private readonly logger = new Logger(PublishWorker.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly leases: Leases,
    private readonly source: PublishSource,
    private readonly requesters: IssueRequester,
    private readonly github: GithubIssues,
    private readonly recorder: PublishRecorder,
  ) {}

  async take(intentId: string): Promise<void> {
    await this.leases.hold('publish_intents', intentId, { seconds: LEASE_SECONDS }, async (lease, signal) => {
      const found = await this.source.waiting(intentId);
      if (!found) return;
      const held = { lease, ...found };
      try {
        await this.carryOut(held, signal);
      } catch (error) {
        if (error instanceof LeaseLostError || signal.aborted) return;
        await this.settleFailure(held, error);
      }
    });
  }

  private async carryOut(held: HeldIntent, signal: AbortSignal): Promise<void> {
    const { userId } = await this.requesters.assume(held.intent.requestedBy);
    const at = await this.source.repository(userId, held.issue);
    const repository = `${at.owner}/${at.repo}`;
    const found = await this.alreadyThere(held, userId, at, signal);
    if (found) return this.recorder.published(held, found, { repository, how: 'found' });
    const { title, body, labels, assignees } = held.intent;
    const made = await this.github.create(userId, at, { title, body, labels, assignees }, async () => {
      await this.recorder.sending(held);
      signal.throwIfAborted();
    });
    return this.recorder.published(held, made, { repository, how: 'made' });
  }

  private async alreadyThere(
    { intent }: HeldIntent,
    userId: string,
    at: RepositoryName,
    signal: AbortSignal,
  ): Promise<RemoteIssue | undefined> {
    if (intent.status !== 'sent' || intent.sentAt === null) return undefined;
    const settled = intent.sentAt.getTime() + this.config.GITHUB_SETTLE_SECONDS * 1_000;
    const left = settled - Date.now();
    if (left > LONGEST_SLEEP_MS) throw new NotSettledError(new Date(settled));
    if (left > 0) await delay(left, undefined, { signal });
    const since = new Date(intent.createdAt.getTime() - CLOCK_MARGIN_MS);
    return this.github.findByMarker(userId, at, markerOf(intent.issueId), since);
  }

  private async settleFailure(held: HeldIntent, error: unknown): Promise<void> {
    const { intent, issue } = held;
    if (error instanceof NotSettledError) {
      const lost = new DomainError('unavailable', 'issues.unsettled', 'GitHub did not say whether it took the issue.');
      return this.recorder.postponed(held, issue.error ?? errorOf(lost), error.at);
    }
    if (!(error instanceof DomainError)) {
      this.logger.error({ message: 'publishing failed', intentId: intent.id, error });
    }
    if (error instanceof DomainError && FINAL_KINDS.has(error.kind)) return this.recorder.refused(held, errorOf(error));
    if (intent.attempts >= MOST_ATTEMPTS) return this.recorder.refused(held, errorOf(gaveUp('publishing')));
    const wish = error instanceof DomainError ? error.retryAfterSeconds : undefined;
    const seconds = wish ?? Math.min(LONGEST_PAUSE_SECONDS, 2 ** intent.attempts);
    return this.recorder.postponed(held, errorOf(error), new Date(Date.now() + seconds * 1_000));
  }
}

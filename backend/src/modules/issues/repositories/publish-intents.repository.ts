import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Lease } from '../../../platform/database/lease.js';
import { PublishIntent } from '../entities/publish-intent.entity.js';

export type NewIntent = Pick<
  PublishIntent,
  'id' | 'issueId' | 'requestedBy' | 'title' | 'body' | 'labels' | 'assignees'
>;

@Injectable()
export class PublishIntentsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  byId(id: string): Promise<PublishIntent | null> {
    return this.dataSource.manager.findOneBy(PublishIntent, { id });
  }

  ofIssue(tx: EntityManager, issueId: string): Promise<PublishIntent | null> {
    return tx.findOneBy(PublishIntent, { issueId });
  }

  /**
   * The one intent of an issue, whose row must be locked; one that failed is taken up anew with what is to be sent now. It
   * keeps what it remembers of having been sent: GitHub may have the issue from then.
   */
  async claim(tx: EntityManager, wish: NewIntent): Promise<PublishIntent> {
    const earlier = await this.ofIssue(tx, wish.issueId);
    if (!earlier) {
      await tx.insert(PublishIntent, wish);
      return tx.findOneByOrFail(PublishIntent, { id: wish.id });
    }
    const { id: _fresh, issueId: _same, ...text } = wish;
    const status = earlier.sentAt === null ? ('claimed' as const) : ('sent' as const);
    const anew = { ...text, status, reason: null, attempts: 0, runAfter: new Date() };
    await tx.update(PublishIntent, { id: earlier.id }, anew);
    return { ...earlier, ...anew };
  }

  /** Under the lease; false when another worker has gone on with it. */
  async advance(tx: EntityManager, lease: Lease, change: Partial<PublishIntent>): Promise<boolean> {
    const { affected } = await tx.update(PublishIntent, { id: lease.id, fence: lease.fence }, change);
    return affected === 1;
  }

  /** Ids of intents that wait for a worker, the oldest first. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM publish_intents
        WHERE status IN ('claimed', 'sent') AND run_after <= now() AND (lease_until IS NULL OR lease_until < now())
        ORDER BY run_after LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}

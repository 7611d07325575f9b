import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Lease } from '../../../platform/database/lease.js';
import { WebhookDelivery } from '../entities/webhook-delivery.entity.js';
import type { Delivery } from '../webhooks/delivery.js';

@Injectable()
export class WebhooksRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Stores a delivery. A redelivery carries the same id: of one that was processed or waits it changes nothing, one that
   * was given up gets its chances again.
   */
  async store(delivery: Delivery): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO webhook_deliveries (id, event, action, payload) VALUES ($1, $2, $3, $4) 
       ON CONFLICT (id) DO UPDATE SET failed_at = NULL, attempts = 0, run_after = now()
        WHERE webhook_deliveries.failed_at IS NOT NULL`,
      [delivery.id, delivery.event, delivery.action, JSON.stringify(delivery.payload)],
    );
  }

  byId(id: string): Promise<WebhookDelivery | null> {
    return this.dataSource.manager.findOneBy(WebhookDelivery, { id });
  }

  /** Marks as processed, together with what the delivery changed. */
  async finish(tx: EntityManager, lease: Lease): Promise<void> {
    await tx.update(WebhookDelivery, { id: lease.id, fence: lease.fence }, { processedAt: new Date() });
  }

  /** To be tried again later. */
  async postpone(lease: Lease, runAfter: Date): Promise<void> {
    await this.dataSource.manager.update(WebhookDelivery, { id: lease.id, fence: lease.fence }, { runAfter });
  }

  /** Given up. */
  async fail(tx: EntityManager, lease: Lease): Promise<void> {
    await tx.update(WebhookDelivery, { id: lease.id, fence: lease.fence }, { failedAt: new Date() });
  }

  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM webhook_deliveries
        WHERE processed_at IS NULL AND failed_at IS NULL AND run_after <= now() AND (lease_until IS NULL OR lease_until < now())
        ORDER BY run_after LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Removes what was processed, or given up, before this time. */
  async sweep(before: Date): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM webhook_deliveries WHERE received_at < $1 AND (processed_at IS NOT NULL OR failed_at IS NOT NULL)`,
      [before],
    );
  }
}

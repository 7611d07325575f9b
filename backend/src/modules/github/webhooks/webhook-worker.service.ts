import { Injectable, Logger } from '@nestjs/common';
import { type Lease, Leases } from '../../../platform/database/lease.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { LiveEvents } from '../../../platform/streams/live-events.js';
import { AuditLog } from '../../audit/index.js';
import { GithubTokens } from '../../auth/index.js';
import { RepositoryListService } from '../repository-list.service.js';
import { WebhooksRepository } from '../repositories/webhooks.repository.js';
import type { WebhookDelivery } from '../entities/webhook-delivery.entity.js';
import { type Aftermath, WebhookEffects } from './webhook-effects.js';

const LEASE_SECONDS = 60;
const MOST_ATTEMPTS = 8;

/** Rights that have changed are asked for anew, and the people concerned learn it at once. */
@Injectable()
export class RightsChanged {
  constructor(
    private readonly lists: RepositoryListService,
    private readonly tokens: GithubTokens,
    private readonly live: LiveEvents,
  ) {}

  async settle({ users = [], revoked }: Aftermath): Promise<void> {
    if (revoked) await this.tokens.drop(revoked);
    const concerned = [...users, ...(revoked ? [revoked] : [])];
    for (const userId of concerned) await this.lists.forget(userId);
    await this.live.publish({ userIds: concerned, type: 'permission.changed', data: {} });
  }
}

/** Processes stored deliveries: the change, the audit entry and the mark "processed" in one transaction. */
@Injectable()
export class WebhookWorker {
  private readonly logger = new Logger(WebhookWorker.name);

  constructor(
    private readonly leases: Leases,
    private readonly deliveries: WebhooksRepository,
    private readonly effects: WebhookEffects,
    private readonly rights: RightsChanged,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  async take(id: string): Promise<void> {
    await this.leases.hold('webhook_deliveries', id, { seconds: LEASE_SECONDS }, (lease) => this.process(lease));
  }

  private async process(lease: Lease): Promise<void> {
    const delivery = await this.deliveries.byId(lease.id);
    if (!delivery || delivery.processedAt || delivery.failedAt) return;
    try {
      await this.rights.settle(await this.transactions.run((tx) => this.apply(tx, lease, delivery)));
    } catch (error) {
      this.logger.error({ message: 'delivery not processed', deliveryId: lease.id, event: delivery.event, error });
      const again = new Date(Date.now() + 2 ** Math.min(delivery.attempts, 10) * 1_000);
      await this.deliveries.postpone(lease, delivery.attempts < MOST_ATTEMPTS ? again : null);
    }
  }

  private async apply(
    tx: Parameters<AuditLog['record']>[0],
    lease: Lease,
    delivery: WebhookDelivery,
  ): Promise<Aftermath> {
    await this.leases.assertHeld(tx, lease);
    const aftermath = await this.effects.apply(tx, delivery);
    await this.deliveries.finish(tx, lease);
    const { event, action } = delivery;
    await this.audit.record(tx, {
      action: 'webhook.process',
      target: { type: 'webhook', id: delivery.id, name: action ? `${event}.${action}` : event },
      result: 'ok',
    });
    return aftermath;
  }
}

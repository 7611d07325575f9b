import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Lease, Leases } from '../../../platform/database/lease.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { LiveEvents } from '../../../platform/streams/live-events.js';
import { OpenStreams } from '../../../platform/streams/open-streams.js';
import { AuditLog } from '../../audit/index.js';
import { GitMirror } from '../git/git-mirror.js';
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
    private readonly mirrors: GitMirror,
    private readonly live: LiveEvents,
    private readonly streams: OpenStreams,
  ) {}

  async settle({ users = [], withdrawn = [], revoked }: Aftermath): Promise<void> {
    const concerned = [...users, ...(revoked ? [revoked] : [])];
    await this.streams.announce(...concerned.map((userId) => `user:${userId}` as const));
    for (const userId of concerned) await this.lists.forget(userId);
    await this.live.forget(concerned);
    await this.live.publish({ userIds: concerned, type: 'permission.changed', data: {} });
    for (const repositoryId of withdrawn) await this.mirrors.remove(repositoryId);
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
      if (delivery.attempts >= MOST_ATTEMPTS) await this.transactions.run((tx) => this.giveUp(tx, lease, delivery));
      else await this.deliveries.postpone(lease, new Date(Date.now() + 2 ** delivery.attempts * 1_000));
    }
  }

  private async apply(tx: EntityManager, lease: Lease, delivery: WebhookDelivery): Promise<Aftermath> {
    await this.leases.assertHeld(tx, lease);
    const aftermath = await this.effects.apply(tx, delivery);
    await this.deliveries.finish(tx, lease);
    await this.record(tx, delivery, 'ok');
    return aftermath;
  }

  /** What GitHub told has no effect here, which whoever looks for the reason of a wrong right finds in the trail. */
  private async giveUp(tx: EntityManager, lease: Lease, delivery: WebhookDelivery): Promise<void> {
    await this.leases.assertHeld(tx, lease);
    await this.deliveries.fail(tx, lease);
    await this.record(tx, delivery, 'error');
  }

  private record(tx: EntityManager, { id, event, action }: WebhookDelivery, result: 'ok' | 'error'): Promise<void> {
    const name = action ? `${event}.${action}` : event;
    return this.audit.record(tx, { action: 'webhook.process', target: { type: 'webhook', id, name }, result });
  }
}

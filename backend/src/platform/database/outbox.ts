import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from './ids.js';
import { OutboxRow } from './outbox.entity.js';

export interface DomainEvent {
  readonly topic: string;
  readonly payload: Record<string, unknown>;
}

/** Stores a domain event in the transaction of the change it tells of. For rules that cross modules against the import direction. */
@Injectable()
export class Outbox {
  async add(tx: EntityManager, event: DomainEvent): Promise<void> {
    await tx.insert(OutboxRow, { id: newId(), topic: event.topic, payload: event.payload as object });
  }
}

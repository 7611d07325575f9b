import { Injectable } from '@nestjs/common';
import type { DomainEvent } from './outbox.js';

type Handler = (payload: Record<string, unknown>) => Promise<void>;

/** Who wants to hear of which topic. Modules register in their `onModuleInit`. */
@Injectable()
export class OutboxHandlers {
  private readonly handlers = new Map<string, Handler[]>();

  on(topic: string, handler: Handler): void {
    this.handlers.set(topic, [...(this.handlers.get(topic) ?? []), handler]);
  }

  async handle(event: DomainEvent): Promise<void> {
    for (const handler of this.handlers.get(event.topic) ?? []) await handler(event.payload);
  }
}

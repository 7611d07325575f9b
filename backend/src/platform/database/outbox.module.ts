import { Module } from '@nestjs/common';
import { DatabaseModule } from './database.module.js';
import { OutboxDispatcher } from './outbox.dispatcher.js';
import { OutboxHandlers } from './outbox.handlers.js';

/** Delivery of domain events; imported by the worker and by jobs modules that register handlers. */
@Module({ imports: [DatabaseModule], providers: [OutboxHandlers, OutboxDispatcher], exports: [OutboxHandlers] })
export class OutboxModule {}

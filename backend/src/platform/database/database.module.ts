import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { EntitySchema, MixedList } from 'typeorm';
import { CONFIG, type Config, ConfigModule } from '../config/config.js';
import { databaseOptions } from './database-options.js';
import { Leases } from './lease.js';
import { Outbox } from './outbox.js';
import { OutboxRow } from './outbox.entity.js';
import { Transactions } from './transactions.js';

/** What modules need for storing: transactions, leases and the outbox, on the connection that `DatabaseRoot` opens. */
@Module({ providers: [Transactions, Leases, Outbox], exports: [Transactions, Leases, Outbox] })
export class DatabaseModule {}

/** Opens the connection pool; imported once, by the application. */
@Module({})
export class DatabaseRoot {
  // eslint's type of a class list is TypeORM's own
  static with(entities: MixedList<string | EntitySchema | (new () => object)>): DynamicModule {
    return {
      module: DatabaseRoot,
      imports: [
        TypeOrmModule.forRootAsync({
          imports: [ConfigModule],
          inject: [CONFIG],
          useFactory: (config: Config) => ({
            ...databaseOptions(config),
            entities: [OutboxRow, ...(entities as (new () => object)[])],
            retryAttempts: 10,
            retryDelay: 1_000,
            verboseRetryLog: false,
          }),
        }),
      ],
    };
  }
}

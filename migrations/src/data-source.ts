import 'reflect-metadata';
import { join } from 'node:path';
import { DataSource } from 'typeorm';

/** Every migration, in the order of their names; the table of those that were run is `schema_migrations`. */
export function migrationSource(databaseUrl: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url: databaseUrl,
    entities: [],
    migrations: [join(import.meta.dirname, 'versions', '*.{js,ts}')],
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    connectTimeoutMS: 10_000,
  });
}

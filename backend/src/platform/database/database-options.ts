import type { DataSourceOptions } from 'typeorm';
import type { Config } from '../config/config.js';

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** Seconds after which a connection attempt, or an idle transaction, is given up. */
const CONNECT_SECONDS = 5;

/** Connection options without entities; the schema comes from migrations only. */
export function databaseOptions(config: Pick<Config, 'DATABASE_URL' | 'DATABASE_POOL'>): PostgresOptions {
  return {
    type: 'postgres',
    url: config.DATABASE_URL,
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    parseInt8: false,
    poolSize: config.DATABASE_POOL,
    connectTimeoutMS: CONNECT_SECONDS * 1_000,
    applicationName: 'yudai',
    extra: { keepAlive: true, idle_in_transaction_session_timeout: 60_000 },
  };
}

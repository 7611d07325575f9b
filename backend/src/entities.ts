import { IdempotencyKey } from './platform/http/idempotency.entity.js';

/** Every entity, for the connection pool and for the comparison with the migrated schema. */
export const ENTITIES = [IdempotencyKey];

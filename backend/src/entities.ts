import { AuditEntry, AuditHead } from './modules/audit/index.js';
import { ApiToken, GithubToken, Login, LoginClaim, OauthTransaction, UsageEntry, User } from './modules/auth/index.js';
import { IdempotencyKey } from './platform/http/idempotency.entity.js';

/** Every entity, for the connection pool and for the comparison with the migrated schema. */
export const ENTITIES = [
  IdempotencyKey,
  ...[AuditEntry, AuditHead],
  ...[User, Login, ApiToken, OauthTransaction, GithubToken, LoginClaim, UsageEntry],
];

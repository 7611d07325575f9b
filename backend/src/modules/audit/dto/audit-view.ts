import type { Role } from '../../../platform/http/principal.js';
import type { SealedEntry } from '../entities/audit-entry.entity.js';
import type { AuditEntryView } from './audit.dto.js';

/** An entry as the API shows it. */
export function viewOf(entry: SealedEntry): AuditEntryView {
  return {
    seq: Number(entry.seq),
    id: entry.id,
    at: entry.at.toISOString(),
    actor: {
      type: entry.actorType,
      id: entry.actorId,
      login: entry.actorLogin,
      role: entry.actorRole as Role | null,
    },
    action: entry.action,
    target: { type: entry.targetType, id: entry.targetId, name: entry.targetName },
    result: entry.result,
    reason: entry.reason,
    repository: entry.repository,
    via: entry.via,
    requestId: entry.requestId,
    ip: entry.ip,
    userAgent: entry.userAgent,
    details: entry.details,
    previousHash: entry.prevHash,
    hash: entry.hash,
  };
}

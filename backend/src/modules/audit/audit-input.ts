import { redact } from '../../platform/logging/redact.js';
import { currentContext, type RequestContext } from '../../platform/context/request-context.js';
import type { Role } from '../../platform/http/principal.js';
import type { ActorType, AuditEntry, AuditResult } from './entities/audit-entry.entity.js';

/** Who did it. Only for acts whose actor is not the caller of the running request, e.g. a sign-in. */
export interface AuditActor {
  readonly type: ActorType;
  readonly id: string | null;
  readonly login: string | null;
  readonly role: Role | null;
}

/** What an act tells about itself; who, when, from where and under which request comes from the request context. */
export interface AuditInput {
  /** `<object>.<verb>`, e.g. `session.create`. */
  readonly action: string;
  readonly target: { readonly type: string; readonly id?: string | null; readonly name?: string | null };
  readonly result: AuditResult;
  /** Why not; a problem's code. */
  readonly reason?: string;
  /** `owner/name` */
  readonly repository?: string;
  readonly details?: Record<string, unknown>;
  readonly actor?: AuditActor;
  /** Only for entries that must not be written twice. */
  readonly id?: string;
}

/** The part of an entry that the chain does not add. */
export type AuditFacts = Omit<AuditEntry, 'seq' | 'id' | 'at' | 'prevHash' | 'hash'>;

const LONGEST_TEXT = 500;
const LARGEST_DETAILS = 16_384;

/** Merges what the act says with what is known of the request, bounded and free of secrets. */
export function auditFacts(input: AuditInput): AuditFacts {
  const context = currentContext();
  const actor = input.actor ?? actorOf(context);
  return {
    actorType: actor.type,
    actorId: text(actor.id),
    actorLogin: text(actor.login),
    actorRole: actor.role,
    action: input.action,
    targetType: input.target.type,
    targetId: text(input.target.id),
    targetName: text(input.target.name),
    result: input.result,
    reason: text(input.reason),
    repository: text(input.repository),
    via: context?.via ?? 'job',
    requestId: text(context?.requestId),
    ip: text(context?.ip),
    userAgent: text(context?.userAgent),
    details: detailsOf(input.details ?? {}),
  };
}

function actorOf(context: RequestContext | undefined): AuditActor {
  const principal = context?.principal;
  if (principal) return { type: 'user', id: principal.userId, login: principal.login, role: principal.role };
  const type =
    context === undefined || context.via === 'job' ? 'system' : context.via === 'webhook' ? 'webhook' : 'anonymous';
  return { type, id: null, login: null, role: null };
}

/** PostgreSQL takes neither NUL nor halves of surrogate pairs; an odd name must not make an act fail. */
function storable(value: string): string {
  return value.replace(/[\p{Surrogate}\u0000]/gu, '\uFFFD');
}

function text(value: string | null | undefined): string | null {
  return value === null || value === undefined ? null : storable(value.slice(0, LONGEST_TEXT));
}

/** Details as they come back from the database, so that what is sealed is what is stored. */
function detailsOf(details: Record<string, unknown>): Record<string, unknown> {
  const json = JSON.stringify(redact(details), (_key, value: unknown) =>
    typeof value === 'string' ? storable(value) : typeof value === 'bigint' ? String(value) : value,
  );
  if (json.length > LARGEST_DETAILS) return { omitted: 'too large', characters: json.length };
  return JSON.parse(json) as Record<string, unknown>;
}

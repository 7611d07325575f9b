import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listQuery, pageOf } from '../../../platform/http/pagination.js';
import { ROLES } from '../../../platform/http/principal.js';
import { ACTOR_TYPES, AUDIT_RESULTS, AUDIT_VIAS } from '../entities/audit-entry.entity.js';

const name = z.string().min(1).max(200);
const time = z.iso.datetime({ offset: true });

const filters = {
  actor: name.optional().describe("Id or login of who did it, or 'anonymous', 'system', 'webhook'"),
  action: name.optional().describe('e.g. session.create'),
  target: name.optional().describe('Id, name or type of what it was done to'),
  result: z.enum(AUDIT_RESULTS).optional(),
  from: time.optional().describe('Not before'),
  to: time.optional().describe('Before'),
  query: name.optional().describe('Text in actor, action, target, reason, repository or address'),
};

export class AuditQueryDto extends createZodDto(
  z.object({
    ...listQuery,
    ...filters,
    before: z.coerce.number().int().min(1).optional().describe('Only entries with a smaller number'),
  }),
) {}

export class AuditExportQueryDto extends createZodDto(
  z.object({ ...filters, format: z.enum(['ndjson', 'csv']).default('ndjson') }),
) {}

const auditEntry = z
  .object({
    seq: z.int().describe('Gapless, from 1'),
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: z.object({
      type: z.enum(ACTOR_TYPES),
      id: z.string().nullable(),
      login: z.string().nullable(),
      role: z.enum(ROLES).nullable(),
    }),
    action: z.string(),
    target: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
    result: z.enum(AUDIT_RESULTS),
    reason: z.string().nullable(),
    repository: z.string().nullable().describe('owner/name'),
    via: z.enum(AUDIT_VIAS),
    requestId: z.string().nullable(),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    previousHash: z.string().describe('The hash of the entry before'),
    hash: z.string().describe('Seals this entry and all before it'),
  })
  .meta({ id: 'AuditEntry' });

export type AuditEntryView = z.output<typeof auditEntry>;

export class AuditPageDto extends createZodDto(
  pageOf(auditEntry)
    .extend({ oldest: z.int().nullable().describe('Number of the oldest entry that is kept; null when there is none') })
    .meta({ id: 'AuditEntryPage' }),
) {}

export class AuditVerificationDto extends createZodDto(
  z
    .object({
      intact: z.boolean().describe('As it was written, and an anchor outside of the database confirms it'),
      checked: z.int().describe('Entries that are as they were written, before the first that is not'),
      firstBroken: z.int().optional().describe('seq of the first entry that was changed, removed or added by hand'),
      reason: z.enum(['missing', 'link', 'content', 'cut', 'head', 'anchor', 'checkpoint']).optional(),
      anchor: z
        .object({
          state: z.enum(['match', 'missing', 'mismatch', 'unreached']),
          seq: z.int().optional(),
          at: z.iso.datetime().optional(),
        })
        .describe('The newest seal that was kept outside of the database'),
    })
    .meta({ id: 'AuditVerification' }),
) {}

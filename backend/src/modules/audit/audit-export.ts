import { Injectable } from '@nestjs/common';
import { csvLine } from './csv.js';
import type { AuditEntryView } from './dto/audit.dto.js';
import { viewOf } from './dto/audit-view.js';
import type { AuditFilter } from './repositories/audit-filter.js';
import { AuditReaderRepository } from './repositories/audit-reader.repository.js';

export type ExportFormat = 'ndjson' | 'csv';

const COLUMNS: Record<string, (entry: AuditEntryView) => string | number | null> = {
  seq: (entry) => entry.seq,
  id: (entry) => entry.id,
  at: (entry) => entry.at,
  actorType: (entry) => entry.actor.type,
  actorId: (entry) => entry.actor.id,
  actorLogin: (entry) => entry.actor.login,
  actorRole: (entry) => entry.actor.role,
  action: (entry) => entry.action,
  targetType: (entry) => entry.target.type,
  targetId: (entry) => entry.target.id,
  targetName: (entry) => entry.target.name,
  result: (entry) => entry.result,
  reason: (entry) => entry.reason,
  repository: (entry) => entry.repository,
  via: (entry) => entry.via,
  requestId: (entry) => entry.requestId,
  ip: (entry) => entry.ip,
  userAgent: (entry) => entry.userAgent,
  details: (entry) => JSON.stringify(entry.details),
  previousHash: (entry) => entry.previousHash,
  hash: (entry) => entry.hash,
};

/** The trail as text, whatever its size: it is read on only as fast as it is taken. */
@Injectable()
export class AuditExport {
  constructor(private readonly reader: AuditReaderRepository) {}

  /** Some lines at a time. */
  async *parts(filter: AuditFilter, format: ExportFormat): AsyncGenerator<string, void> {
    if (format === 'csv') yield csvLine(Object.keys(COLUMNS));
    const line = format === 'csv' ? csvOf : ndjsonOf;
    for await (const batch of this.reader.all(filter)) yield batch.map((entry) => line(viewOf(entry))).join('');
  }
}

function csvOf(view: AuditEntryView): string {
  return csvLine(Object.values(COLUMNS).map((valueOf) => valueOf(view)));
}

function ndjsonOf(view: AuditEntryView): string {
  return `${JSON.stringify(view)}\n`;
}

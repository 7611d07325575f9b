import { Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, invalidCursor, page, type Page } from '../../platform/http/pagination.js';
import { AuditExport, type ExportFormat } from './audit-export.js';
import { AuditLog } from './audit-log.js';
import { viewOf } from './dto/audit-view.js';
import type { AuditEntryView } from './dto/audit.dto.js';
import { type AuditFilter, AuditReaderRepository } from './repositories/audit-reader.repository.js';

/** Reading the trail. */
@Injectable()
export class AuditService {
  constructor(
    private readonly reader: AuditReaderRepository,
    private readonly exporter: AuditExport,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  async list(filter: AuditFilter, cursor: string | undefined, limit: number): Promise<Page<AuditEntryView>> {
    const rows = await this.reader.list(filter, cursor === undefined ? undefined : seqOf(cursor), limit + 1);
    return page(rows, limit, (row) => [Number(row.seq)], viewOf);
  }

  /** Takes the whole trail out of the house, which is an act of its own. */
  async export(filter: AuditFilter, format: ExportFormat): Promise<AsyncGenerator<string, void>> {
    await this.transactions.run((tx) =>
      this.audit.record(tx, {
        action: 'audit.export',
        target: { type: 'audit' },
        result: 'ok',
        details: { format, ...filter },
      }),
    );
    return this.exporter.lines(filter, format);
  }
}

function seqOf(cursor: string): string {
  const [seq] = decodeCursor(cursor, 1);
  if (!Number.isSafeInteger(seq)) throw invalidCursor();
  return String(seq);
}

import { Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, invalidCursor, page, type Page } from '../../platform/http/pagination.js';
import { AuditExport, type ExportFormat } from './audit-export.js';
import { AuditLog } from './audit-log.js';
import { viewOf } from './dto/audit-view.js';
import type { AuditEntryView } from './dto/audit.dto.js';
import { AuditReadings } from './audit-readings.js';
import { AuditSealer } from './audit-sealer.js';
import type { AuditFilter } from './repositories/audit-filter.js';
import { AuditReaderRepository } from './repositories/audit-reader.repository.js';

/** From where on a list is read: a cursor of an earlier page, or an entry's number. */
export interface Place {
  readonly cursor: string | undefined;
  readonly before: number | undefined;
}

export interface AuditPage extends Page<AuditEntryView> {
  readonly oldest: number | null;
}

/** Reading the trail. */
@Injectable()
export class AuditService {
  constructor(
    private readonly reader: AuditReaderRepository,
    private readonly exporter: AuditExport,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly readings: AuditReadings,
    private readonly sealer: AuditSealer,
  ) {}

  async list(filter: AuditFilter, place: Place, limit: number): Promise<AuditPage> {
    await this.readings.note(filter);
    await this.sealer.seal();
    const [rows, oldest] = await Promise.all([
      this.reader.list(filter, beforeSeq(place), limit + 1),
      this.reader.oldest(),
    ]);
    return { ...page(rows, limit, (row) => [Number(row.seq)], viewOf), oldest };
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
    await this.sealer.seal();
    return this.exporter.parts(filter, format);
  }
}

function beforeSeq({ cursor, before }: Place): string | undefined {
  const places = [...(before === undefined ? [] : [before]), ...(cursor === undefined ? [] : [seqOf(cursor)])];
  return places.length === 0 ? undefined : String(Math.min(...places));
}

function seqOf(cursor: string): number {
  const [seq] = decodeCursor(cursor, 1);
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq)) throw invalidCursor();
  return seq;
}

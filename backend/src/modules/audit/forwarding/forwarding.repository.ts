import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Lease } from '../../../platform/database/lease.js';
import { AuditForwardingRow } from '../entities/audit-forwarding.entity.js';

/** The one row of `audit_forwarding`. */
export const FORWARDING_ID = 'collector';

const LONGEST_WAIT_SECONDS = 300;

/** How far the collector is behind. */
export interface Lag {
  readonly entries: number;
  /** Age of the oldest entry that was not received. */
  readonly seconds: number;
}

@Injectable()
export class ForwardingRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async begin(): Promise<void> {
    await this.dataSource.query('INSERT INTO audit_forwarding (id) VALUES ($1) ON CONFLICT DO NOTHING', [
      FORWARDING_ID,
    ]);
  }

  async isDue(): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `SELECT 1 FROM audit_forwarding f, audit_head h WHERE f.id = $1 AND f.run_after <= now() AND f.seq < h.seq`,
      [FORWARDING_ID],
    );
    return rows.length > 0;
  }

  /** The last entry that was received. */
  async position(): Promise<string> {
    const row = await this.dataSource.manager.findOneByOrFail(AuditForwardingRow, { id: FORWARDING_ID });
    return row.seq;
  }

  /** False when the lease was lost: another worker sends on. */
  async received({ id, fence }: Lease, seq: string): Promise<boolean> {
    const { affected } = await this.dataSource.manager.update(AuditForwardingRow, { id, fence }, { seq, failures: 0 });
    return affected === 1;
  }

  /** The next attempt waits twice as long as the last, up to five minutes, and not quite as long as another's. */
  async failed({ id, fence }: Lease): Promise<void> {
    await this.dataSource.query(
      `UPDATE audit_forwarding SET failures = failures + 1,
              run_after = now() + make_interval(secs => least($3, 2 ^ least(failures, 10)) * (0.75 + random() / 4))
        WHERE id = $1 AND fence = $2`,
      [id, fence, LONGEST_WAIT_SECONDS],
    );
  }

  async lag(): Promise<Lag> {
    const [row] = await this.dataSource.query<{ entries: string; seconds: string }[]>(
      `SELECT h.seq - f.seq AS entries,
              coalesce(extract(epoch FROM now() - (SELECT min(at) FROM audit_entries
                                                    WHERE seq = (SELECT min(seq) FROM audit_entries WHERE seq > f.seq))), 0) AS seconds
         FROM audit_forwarding f, audit_head h WHERE f.id = $1`,
      [FORWARDING_ID],
    );
    return { entries: Number(row?.entries ?? 0), seconds: Math.max(0, Number(row?.seconds ?? 0)) };
  }
}

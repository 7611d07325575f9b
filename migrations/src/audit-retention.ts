import type { DataSource } from 'typeorm';

const MOST_MONTHS = 1_200;

/**
 * Notes for how many months the audit is kept. The owner of the schema alone says so: what the product's own role may remove
 * goes by this.
 * @param months a whole number from 1, or nothing: every entry is kept
 * @throws where it is neither
 */
export async function keepAuditFor(source: DataSource, months: string): Promise<void> {
  const wanted = months.trim() === '' ? null : Number(months);
  if (wanted !== null && !(Number.isInteger(wanted) && wanted >= 1 && wanted <= MOST_MONTHS)) {
    throw new Error('AUDIT_RETENTION_MONTHS must be a whole number of months from 1, or empty: everything is kept.');
  }
  await source.query('UPDATE audit_head SET keep_months = $1 WHERE id = 1', [wanted]);
}

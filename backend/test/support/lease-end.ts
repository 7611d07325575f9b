import type { Stack } from './stack.js';

type Leased = 'evaluations' | 'index_snapshots' | 'messages' | 'publish_intents' | 'solves';

/** The time of the leases that a killed worker held goes by at once; those of living ones are prolonged again. */
export async function endLeases(stack: Stack, table: Leased): Promise<void> {
  await stack.sql(`UPDATE ${table} SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`);
}

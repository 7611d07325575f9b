import type { DataSource } from 'typeorm';

/** What a snapshot's size is, for statements that choose by it. */
export interface SnapshotSize {
  readonly snapshotId: string;
  /** How many it has. */
  readonly chunks: number;
}

/** From so many times a snapshot's own chunks on, going through the own ones costs less than looking words up among everybody's. */
const CROWD = 8;

/**
 * Whether everybody's chunks are a crowd beside `own` of them. The index of words is everybody's: what it costs to look a word up
 * grows with the installation, what it costs to go through a snapshot does not. How many there are is PostgreSQL's own
 * estimate; before the table was first analysed there is none, and there are few.
 */
export async function isCrowd(dataSource: DataSource, own: number): Promise<boolean> {
  const [all] = await dataSource.query<{ chunks: number }[]>(
    `SELECT reltuples::float8 AS chunks FROM pg_class WHERE oid = 'chunks'::regclass`,
  );
  return all !== undefined && all.chunks > CROWD * own;
}

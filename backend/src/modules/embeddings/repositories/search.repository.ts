import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { toSql } from 'pgvector';
import { DataSource, type EntityManager } from 'typeorm';
import type { Quote } from '../search/quoted-in.js';
import { isCrowd, type SnapshotSize } from './crowd.js';
import { type ChunkRow, type FoundChunk, toChunk } from './found.js';

/** A file that a name in a question may mean. */
export interface Mention {
  readonly path: string;
  /** Which of the names. */
  readonly mention: number;
  /** How many files that one may mean. */
  readonly files: number;
}

/** Up to so many chunks each vector is compared; above, the index is walked until enough of the snapshot's own are found. */
const COMPARED_ONE_BY_ONE = 30_000;
const WALKED_CANDIDATES = 200;
/** So many vectors of everybody's are looked at before the own ones are compared one by one after all. */
const WALKED_MOST = 100_000;

/** The snapshot that is searched. */
interface Searched {
  /** How many it has. */
  readonly chunks: number;
  /** Whether those of tests count. */
  readonly tests: boolean;
  readonly walkedMost?: number;
}

/** The statements of search, each over the chunks of one snapshot; what it costs is bounded by that one's size. */
@Injectable()
export class SearchRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * The nearest vectors; `score` is the cosine. Where the walk through everybody's ends with too few of the snapshot's, which is
   * small beside them then, its own are compared one by one.
   */
  async byVector(
    snapshotId: string,
    vector: Float32Array,
    limit: number,
    { chunks, tests, walkedMost = WALKED_MOST }: Searched,
  ): Promise<FoundChunk[]> {
    const parameters = [snapshotId, toSql([...vector]), limit, tests];
    if (chunks > COMPARED_ONE_BY_ONE) {
      const found = await this.dataSource.transaction(async (tx) => {
        await walkFar(tx, walkedMost);
        return tx.query<ChunkRow[]>(walk(vector.length), parameters);
      });
      if (found.length >= limit) return found.map(toChunk);
    }
    return (await this.dataSource.query<ChunkRow[]>(EXACT, parameters)).map(toChunk);
  }

  /**
   * Indexed paths that the names mean. A path of another machine (`/app/src/store.js`) means those that share most of its
   * end. Files are matched by their own names first: each name against each path would be a million comparisons.
   * A name that means more than `most` files means none: it must not take the place of those that come after it.
   */
  async byNames(snapshotId: string, names: readonly string[], most: number): Promise<Mention[]> {
    const ends = names.flatMap((name, mention) => endsOf(name).map((end, level) => ({ end, mention, level })));
    return this.dataSource.query<Mention[]>(
      `WITH names AS MATERIALIZED (
         SELECT name, mention, level, regexp_replace(name, '^.*/', '') AS last
           FROM unnest($2::text[], $3::int[], $4::int[]) AS n (name, mention, level)),
       files AS MATERIALIZED (
         SELECT path, lower(path) AS name, regexp_replace(lower(path), '^.*/', '') AS last
           FROM snapshot_files WHERE snapshot_id = $1 AND blob_id IS NOT NULL),
       hits AS (
         SELECT f.path, n.mention, n.level
           FROM files f JOIN names n ON n.last = f.last
          WHERE f.name = n.name OR right(f.name, length(n.name) + 1) = '/' || n.name),
       best AS (SELECT mention, min(level) AS level FROM hits GROUP BY mention),
       meant AS (
         SELECT DISTINCT h.path, h.mention FROM hits h JOIN best b ON b.mention = h.mention AND b.level = h.level)
       ${fewEnough('$5')}`,
      [
        snapshotId,
        ends.map(({ end }) => end),
        ends.map(({ mention }) => mention),
        ends.map(({ level }) => level),
        most,
      ],
    );
  }

  /** Code in which the quotes stand as they are; a quote that stands in more than `most` files tells nothing. */
  async byQuotes({ snapshotId, chunks }: SnapshotSize, quotes: readonly Quote[], most: number): Promise<Mention[]> {
    const meant = (await isCrowd(this.dataSource, chunks)) ? QUOTED_IN_OWN : QUOTED_ANYWHERE;
    return this.dataSource.query<Mention[]>(
      `WITH asked AS MATERIALIZED (
         SELECT mention, text, to_tsquery('simple', words) AS query
           FROM unnest($2::int[], $3::text[], $4::text[]) AS q (mention, text, words)),
       own AS MATERIALIZED (
         SELECT path, blob_id FROM snapshot_files WHERE snapshot_id = $1 AND blob_id IS NOT NULL AND category = 'code'),
       meant AS (${meant})
       ${fewEnough('$5')}`,
      [
        snapshotId,
        quotes.map((_, mention) => mention),
        quotes.map(({ text }) => text),
        quotes.map(({ words }) => words.join(' & ')),
        most,
      ],
    );
  }

  /** The first chunk of each of these files. */
  async firstChunks(snapshotId: string, paths: readonly string[]): Promise<FoundChunk[]> {
    const rows = await this.dataSource.query<ChunkRow[]>(
      `SELECT DISTINCT ON (f.path) c.id, f.path, c.start_line, c.end_line, c.symbol, 0 AS score
         FROM snapshot_files f JOIN chunks c ON c.blob_id = f.blob_id
        WHERE f.snapshot_id = $1 AND f.path = ANY($2) ORDER BY f.path, c.start_line`,
      [snapshotId, paths],
    );
    return rows.map(toChunk);
  }

  async texts(chunkIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.dataSource.query<{ id: string; text: string }[]>(
      'SELECT id, text FROM chunks WHERE id = ANY($1)',
      [chunkIds],
    );
    return new Map(rows.map(({ id, text }) => [id, text]));
  }
}

const MOST_ENDS = 6;

const QUOTED_ANYWHERE = `
  SELECT DISTINCT o.path, a.mention
    FROM asked a
    JOIN chunks c ON c.search @@ a.query AND position(a.text IN c.text) > 0
    JOIN own o ON o.blob_id = c.blob_id`;

const QUOTED_IN_OWN = `
  SELECT DISTINCT o.path, a.mention
    FROM own o
   CROSS JOIN LATERAL (SELECT search, text FROM chunks WHERE blob_id = o.blob_id OFFSET 0) c
    JOIN asked a ON c.search @@ a.query AND position(a.text IN c.text) > 0`;

/** Counted for each name before anything is left out, so that a name of many files is never taken for one of few. */
const fewEnough = (most: string): string => `
  SELECT path, mention, files
    FROM (SELECT path, mention, (count(*) OVER (PARTITION BY mention))::int AS files FROM meant) counted
   WHERE files <= ${most} ORDER BY mention, path`;

/** `a/b/c.js` → itself, `b/c.js`, `c.js`. */
function endsOf(path: string): string[] {
  const parts = path.split('/').slice(-MOST_ENDS);
  return parts.map((_, at) => parts.slice(at).join('/'));
}

/** An approximate index over everybody's vectors, filtered afterwards, would miss most of a small repository. */
const EXACT = `
  WITH own AS MATERIALIZED (
    SELECT c.id, f.path, c.start_line, c.end_line, c.symbol, e.embedding
      FROM snapshot_files f
      JOIN chunks c ON c.blob_id = f.blob_id
      JOIN text_embeddings e ON e.id = c.embedding_id
     WHERE f.snapshot_id = $1 AND ($4 OR f.category <> 'test'))
  SELECT id, path, start_line, end_line, symbol, 1 - (embedding <=> $2::vector) AS score
    FROM own ORDER BY embedding <=> $2::vector, path LIMIT $3`;

/** There is an index for each dimension, over the vectors that have it. */
const walk = (dimension: number): string => `
  WITH near AS MATERIALIZED (
    SELECT e.id, e.embedding::vector(${dimension}) <=> $2::vector(${dimension}) AS distance
      FROM text_embeddings e
     WHERE e.dimension = ${dimension} AND EXISTS (
       SELECT 1 FROM chunks c JOIN snapshot_files f ON f.blob_id = c.blob_id AND f.snapshot_id = $1
        WHERE c.embedding_id = e.id AND ($4 OR f.category <> 'test'))
     ORDER BY e.embedding::vector(${dimension}) <=> $2::vector(${dimension}) LIMIT $3)
  SELECT c.id, f.path, c.start_line, c.end_line, c.symbol, 1 - n.distance AS score
    FROM near n
    JOIN chunks c ON c.embedding_id = n.id
    JOIN snapshot_files f ON f.blob_id = c.blob_id AND f.snapshot_id = $1 AND ($4 OR f.category <> 'test')
   ORDER BY n.distance, f.path LIMIT $3`;

/** pgvector 0.8: the walk goes on past what the filter took away, instead of ending with too few. */
async function walkFar(tx: EntityManager, most: number): Promise<void> {
  await tx.query('SET LOCAL hnsw.iterative_scan = relaxed_order');
  await tx.query(`SET LOCAL hnsw.ef_search = ${WALKED_CANDIDATES}`);
  await tx.query(`SET LOCAL hnsw.max_scan_tuples = ${most}`);
}

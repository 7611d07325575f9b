import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { toSql } from 'pgvector';
import { DataSource, type EntityManager } from 'typeorm';

export interface FoundChunk {
  readonly chunkId: string;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly symbol: string | null;
  /** Of the ranking it stands in; those of different rankings are not comparable. */
  readonly score: number;
}

export interface WordHit extends FoundChunk {
  /** The sum of the weights of the words that stand in it. */
  readonly matched: number;
}

interface Row {
  readonly id: string;
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly symbol: string | null;
  readonly score: number;
}

/** Up to so many chunks each vector is compared; above, the index is walked until enough of the snapshot's own are found. */
const COMPARED_ONE_BY_ONE = 30_000;
const WALKED = { candidates: 200, most: 100_000 };

/** The statements of search, each over the chunks of one snapshot and bounded in what it costs. */
@Injectable()
export class SearchRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** In how many of the snapshot's chunks each word stands, counted up to `most`; words that stand in none are left out. */
  async frequencies(snapshotId: string, words: readonly string[], most: number): Promise<Map<string, number>> {
    const rows = await this.dataSource.query<{ word: string; n: number }[]>(
      `WITH asked AS MATERIALIZED (SELECT word, to_tsquery('simple', word) AS query FROM unnest($2::text[]) AS w (word))
       SELECT a.word, held.n
         FROM asked a,
              LATERAL (SELECT count(*)::int AS n FROM (
                 SELECT 1 FROM chunks c JOIN snapshot_files f ON f.blob_id = c.blob_id AND f.snapshot_id = $1
                  WHERE c.search @@ a.query LIMIT $3) AS hits) AS held
        WHERE held.n > 0`,
      [snapshotId, words, most],
    );
    return new Map(rows.map(({ word, n }) => [word, n]));
  }

  /**
   * Full text: the sum over the words of (weight × how much the chunk is about the word). `ts_rank` with normalisation 1
   * grows ever more slowly with a word's repetitions and falls with the chunk's length, as BM25's term part does.
   */
  async byWords(snapshotId: string, weights: ReadonlyMap<string, number>, limit: number): Promise<WordHit[]> {
    const rows = await this.dataSource.query<(Row & { matched: number })[]>(
      `WITH asked AS MATERIALIZED (
         SELECT weight, to_tsquery('simple', word) AS query FROM unnest($2::text[], $3::float8[]) AS w (word, weight)),
       hits AS (
         SELECT c.id, f.path, sum(a.weight) AS matched, sum(a.weight * ts_rank(c.search, a.query, 1)) AS score
           FROM asked a
           JOIN chunks c ON c.search @@ a.query
           JOIN snapshot_files f ON f.blob_id = c.blob_id AND f.snapshot_id = $1
          GROUP BY c.id, f.path ORDER BY score DESC, f.path LIMIT $4)
       SELECT c.id, h.path, c.start_line, c.end_line, c.symbol, h.score, h.matched
         FROM hits h JOIN chunks c ON c.id = h.id ORDER BY h.score DESC, h.path, c.start_line`,
      [snapshotId, [...weights.keys()], [...weights.values()], limit],
    );
    return rows.map((row) => ({ ...toChunk(row), matched: row.matched }));
  }

  /** The nearest vectors; `score` is the cosine. `chunks` is how many the snapshot has. */
  async byVector(
    snapshotId: string,
    vector: Float32Array,
    limit: number,
    { chunks }: { chunks: number },
  ): Promise<FoundChunk[]> {
    const parameters = [snapshotId, toSql([...vector]), limit];
    if (chunks <= COMPARED_ONE_BY_ONE) return (await this.dataSource.query<Row[]>(EXACT, parameters)).map(toChunk);
    return this.dataSource.transaction(async (tx) => {
      await walkFar(tx);
      return (await tx.query<Row[]>(WALK, parameters)).map(toChunk);
    });
  }

  /**
   * Indexed paths that the names mean, in the order of the names. A path of another machine (`/app/src/store.js`) means
   * those that share most of its end.
   */
  async byNames(snapshotId: string, names: readonly string[], limit: number): Promise<string[]> {
    const ends = names.flatMap((name, mention) => endsOf(name).map((end, level) => ({ end, mention, level })));
    const rows = await this.dataSource.query<{ path: string }[]>(
      `WITH hits AS (
         SELECT f.path, n.mention, n.level
           FROM snapshot_files f
           JOIN unnest($2::text[], $3::int[], $4::int[]) AS n (name, mention, level)
             ON lower(f.path) = n.name OR right(lower(f.path), length(n.name) + 1) = '/' || n.name
          WHERE f.snapshot_id = $1 AND f.blob_id IS NOT NULL),
       best AS (SELECT mention, min(level) AS level FROM hits GROUP BY mention)
       SELECT h.path FROM hits h JOIN best b ON b.mention = h.mention AND b.level = h.level
        GROUP BY h.path ORDER BY min(h.mention), length(h.path), h.path LIMIT $5`,
      [
        snapshotId,
        ends.map(({ end }) => end),
        ends.map(({ mention }) => mention),
        ends.map(({ level }) => level),
        limit,
      ],
    );
    return rows.map(({ path }) => path);
  }

  /** Indexed paths in which the words stand, those with the rarest words first. */
  async byPathWords(snapshotId: string, words: readonly string[], limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ path: string }[]>(
      `WITH pairs AS (
         SELECT f.path, l.lexeme AS word FROM snapshot_files f, unnest(f.search) AS l
          WHERE f.snapshot_id = $1 AND f.blob_id IS NOT NULL AND l.lexeme = ANY($2::text[])
            AND f.search @@ (SELECT to_tsquery('simple', array_to_string($2::text[], '|')))),
       weights AS (SELECT word, 1.0 / count(*) AS weight FROM pairs GROUP BY word)
       SELECT p.path FROM pairs p JOIN weights w ON w.word = p.word
        GROUP BY p.path ORDER BY sum(w.weight) DESC, length(p.path), p.path LIMIT $3`,
      [snapshotId, words, limit],
    );
    return rows.map(({ path }) => path);
  }

  /** The first chunk of each of these files. */
  async firstChunks(snapshotId: string, paths: readonly string[]): Promise<FoundChunk[]> {
    const rows = await this.dataSource.query<Row[]>(
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
      JOIN chunk_embeddings e ON e.chunk_id = c.id
     WHERE f.snapshot_id = $1)
  SELECT id, path, start_line, end_line, symbol, 1 - (embedding <=> $2::vector) AS score
    FROM own ORDER BY embedding <=> $2::vector, path LIMIT $3`;

const WALK = `
  WITH near AS MATERIALIZED (
    SELECT e.chunk_id, e.embedding <=> $2::vector AS distance
      FROM chunk_embeddings e
     WHERE EXISTS (
       SELECT 1 FROM chunks c JOIN snapshot_files f ON f.blob_id = c.blob_id AND f.snapshot_id = $1 WHERE c.id = e.chunk_id)
     ORDER BY e.embedding <=> $2::vector LIMIT $3)
  SELECT c.id, f.path, c.start_line, c.end_line, c.symbol, 1 - n.distance AS score
    FROM near n
    JOIN chunks c ON c.id = n.chunk_id
    JOIN snapshot_files f ON f.blob_id = c.blob_id AND f.snapshot_id = $1
   ORDER BY n.distance, f.path LIMIT $3`;

/** pgvector 0.8: the walk goes on past what the filter took away, instead of ending with too few. */
async function walkFar(tx: EntityManager): Promise<void> {
  await tx.query('SET LOCAL hnsw.iterative_scan = relaxed_order');
  await tx.query(`SET LOCAL hnsw.ef_search = ${WALKED.candidates}`);
  await tx.query(`SET LOCAL hnsw.max_scan_tuples = ${WALKED.most}`);
}

function toChunk({ id, path, start_line, end_line, symbol, score }: Row): FoundChunk {
  return { chunkId: id, path, startLine: start_line, endLine: end_line, symbol, score };
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { AskedWord } from '../text/question.js';
import { isCrowd, type SnapshotSize } from './crowd.js';
import { type ChunkRow, type FoundChunk, toChunk } from './found.js';

export interface WordHit extends FoundChunk {
  /** The sum of the rarities of the words that stand in it. */
  readonly matched: number;
}

export interface WordHits {
  /** By file, best first, and in a file best first. */
  readonly chunks: readonly WordHit[];
  /** The sum of the rarities of all the words, those that stand nowhere included. */
  readonly asked: number;
}

/** Full text over the chunks of one snapshot, and over the paths of its files. */
@Injectable()
export class WordsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The best chunks of the `files` best files. */
  async inChunks({ snapshotId, chunks }: SnapshotSize, words: readonly AskedWord[], files: number): Promise<WordHits> {
    const hits = (await isCrowd(this.dataSource, chunks)) ? GONE_THROUGH : LOOKED_UP;
    const rows = await this.dataSource.query<(ChunkRow & { matched: number; asked: number })[]>(inChunks(hits), [
      ...[snapshotId, words.map(({ word }) => word), words.map(({ weight }) => weight), chunks, files],
    ]);
    return { chunks: rows.map((row) => ({ ...toChunk(row), matched: row.matched })), asked: rows[0]?.asked ?? 0 };
  }

  /** Path → the sum over the words in it of weight × rarity among paths. */
  async inPaths(snapshotId: string, words: readonly AskedWord[]): Promise<Map<string, number>> {
    const rows = await this.dataSource.query<{ path: string; score: number }[]>(IN_PATHS, [
      ...[snapshotId, words.map(({ word }) => word), words.map(({ weight }) => weight)],
    ]);
    return new Map(rows.map(({ path, score }) => [path, score]));
  }
}

/** Robertson & Spärck Jones: the rarer a word among `all`, the more it tells. */
const rarity = (all: string, found: string): string =>
  `ln(1 + (greatest(${all}::float8, ${found}::float8) - ${found}::float8 + 0.5::float8) / (${found}::float8 + 0.5::float8))`;

const RANK = `ts_rank('{0.5, 0.5, 0.5, 1}', c.search, a.query) AS rank`;

/**
 * `OFFSET 0` has each word looked up in the index by itself: with much work_mem the planner would rather hold every chunk
 * against every word, which takes ten times as long. `IS TRUE` has what was found held against the own files. Without it the
 * planner may turn that round and look every word up for every file, as it was seen to do in a larger statement.
 */
const LOOKED_UP = `
    SELECT a.word, c.id, c.blob_id, ${RANK}
      FROM asked a
     CROSS JOIN LATERAL (SELECT id, blob_id, search FROM chunks WHERE search @@ a.query OFFSET 0) c
     WHERE (c.blob_id IN (SELECT blob_id FROM own)) IS TRUE`;

const GONE_THROUGH = `
    SELECT a.word, c.id, c.blob_id, ${RANK}
      FROM (SELECT DISTINCT blob_id FROM own) o
     CROSS JOIN LATERAL (SELECT id, blob_id, search FROM chunks WHERE blob_id = o.blob_id OFFSET 0) c
     CROSS JOIN unnest(tsvector_to_array(c.search)) AS l (word)
      JOIN asked a ON a.word = l.word`;

/**
 * BM25 (Robertson & Zaragoza 2009) as far as the database has it. `ts_rank` of one word grows with its repetitions as
 * 1 + 1/4 + 1/9 …, which is BM25's saturation with k1 near 0.6; chunks are of about one length, so there is nothing to
 * normalise. Names weigh 1, the text 0.5. A file is worth its best chunk and ever less of the next five.
 */
const inChunks = (hits: string): string => `
  WITH asked AS MATERIALIZED (
    SELECT word, weight, to_tsquery('simple', word) AS query FROM unnest($2::text[], $3::float8[]) AS w (word, weight)),
  own AS MATERIALIZED (
    SELECT path, blob_id FROM snapshot_files WHERE snapshot_id = $1 AND blob_id IS NOT NULL),
  hits AS MATERIALIZED (${hits}),
  rare AS MATERIALIZED (
    SELECT a.word, a.weight, ${rarity('$4', 'coalesce(n.found, 0)')} AS rarity
      FROM asked a LEFT JOIN (SELECT word, count(*) AS found FROM hits GROUP BY word) n ON n.word = a.word),
  scored AS (
    SELECT h.id, h.blob_id, sum(r.weight * r.rarity * h.rank) AS score, sum(r.rarity) AS matched
      FROM hits h JOIN rare r ON r.word = h.word GROUP BY h.id, h.blob_id),
  placed AS MATERIALIZED (
    SELECT *, row_number() OVER (PARTITION BY blob_id ORDER BY score DESC, id) AS place FROM scored),
  best AS (
    SELECT o.path, p.blob_id, sum(CASE p.place WHEN 1 THEN p.score ELSE 0.2::float8 * p.score / (p.place - 1) END) AS score
      FROM placed p JOIN own o ON o.blob_id = p.blob_id WHERE p.place <= 6
     GROUP BY o.path, p.blob_id ORDER BY score DESC, o.path LIMIT $5)
  SELECT c.id, b.path, c.start_line, c.end_line, c.symbol, p.score, p.matched, (SELECT sum(rarity) FROM rare) AS asked
    FROM best b
    JOIN placed p ON p.blob_id = b.blob_id AND p.place <= 6
    JOIN chunks c ON c.id = p.id
   ORDER BY b.score DESC, b.path, p.score DESC, c.start_line`;

const IN_PATHS = `
  WITH asked AS MATERIALIZED (SELECT word, weight FROM unnest($2::text[], $3::float8[]) AS w (word, weight)),
  own AS MATERIALIZED (
    SELECT path, search FROM snapshot_files WHERE snapshot_id = $1 AND blob_id IS NOT NULL),
  pairs AS MATERIALIZED (
    SELECT o.path, a.word, a.weight FROM own o, unnest(o.search) AS l JOIN asked a ON a.word = l.lexeme),
  rare AS (
    SELECT word, ${rarity('(SELECT count(*) FROM own)', 'count(*)')} AS rarity FROM pairs GROUP BY word)
  SELECT p.path, sum(p.weight * r.rarity) AS score FROM pairs p JOIN rare r ON r.word = p.word GROUP BY p.path`;

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import type { AskedWord } from '../text/question.js';

/** A commit as it is kept. */
export interface KeptCommit {
  readonly sha: string;
  readonly committedAt: Date;
  /** How many files it changed. */
  readonly files: number;
  readonly words: readonly string[];
  /** The names of those that count, then and since. */
  readonly paths: readonly string[];
}

/** Another name that a commit gave to a file. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** What the commits of repositories said, and what they changed. */
@Injectable()
export class HistoryRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Those of the commits that are kept already. */
  async known(repositoryId: string, shas: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ sha: string }[]>(
      'SELECT sha FROM repository_commits WHERE repository_id = $1 AND sha = ANY($2)',
      [repositoryId, shas],
    );
    return new Set(rows.map(({ sha }) => sha));
  }

  /** Keeps commits, unless somebody else has in the meantime. */
  async add(tx: EntityManager, repositoryId: string, commits: readonly KeptCommit[]): Promise<void> {
    const made = await tx.query<{ id: string; sha: string }[]>(
      `INSERT INTO repository_commits (repository_id, id, sha, committed_at, files, words)
       SELECT $1, id, sha, committed_at, files, string_to_array(words, ' ')
         FROM unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::int[], $6::text[])
           AS c (id, sha, committed_at, files, words)
       ON CONFLICT (repository_id, sha) DO NOTHING RETURNING id, sha`,
      [
        repositoryId,
        commits.map(() => newId()),
        commits.map(({ sha }) => sha),
        commits.map(({ committedAt }) => committedAt),
        commits.map(({ files }) => files),
        commits.map(({ words }) => words.join(' ')),
      ],
    );
    const ids = new Map(made.map(({ id, sha }) => [sha, id]));
    const files = commits.flatMap(({ sha, paths }) => paths.map((path) => ({ id: ids.get(sha), path })));
    const kept = files.filter(({ id }) => id !== undefined);
    await tx.query(
      'INSERT INTO commit_files (commit_id, path, via) SELECT id, path, id FROM unnest($1::uuid[], $2::text[]) AS f (id, path)',
      [kept.map(({ id }) => id), kept.map(({ path }) => path)],
    );
  }

  /** Files that a commit gave another name keep the past of those they were. */
  async inherit(tx: EntityManager, repositoryId: string, sha: string, renamings: readonly Renaming[]): Promise<void> {
    await tx.query(
      `INSERT INTO commit_files (commit_id, path, via)
       SELECT DISTINCT f.commit_id, r.new, v.id
         FROM unnest($3::text[], $4::text[]) AS r (old, new)
         JOIN commit_files f ON f.path = r.old
         JOIN repository_commits c ON c.id = f.commit_id AND c.repository_id = $1
         JOIN repository_commits v ON v.repository_id = $1 AND v.sha = $2
       ON CONFLICT DO NOTHING`,
      [repositoryId, sha, renamings.map(({ from }) => from), renamings.map(({ to }) => to)],
    );
  }

  /** Which commits lead to a snapshot. */
  async lead(tx: EntityManager, snapshotId: string, repositoryId: string, shas: readonly string[]): Promise<void> {
    await tx.query(
      `UPDATE index_snapshots SET history = (
         SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM repository_commits WHERE repository_id = $2 AND sha = ANY($3))
        WHERE id = $1`,
      [snapshotId, repositoryId, shas],
    );
  }

  /** Path → how much the commits that changed it are about the words; tests do not count. */
  async about(snapshotId: string, words: readonly AskedWord[]): Promise<Map<string, number>> {
    const rows = await this.dataSource.query<{ path: string; score: number }[]>(ABOUT, [
      ...[snapshotId, words.map(({ word }) => word), words.map(({ weight }) => weight)],
    ]);
    return new Map(rows.map(({ path, score }) => [path, score]));
  }
}

/**
 * A file's document is what the commits that changed it said: BM25 (k1 1.2, b 0.4) over those, where a word of a commit
 * counts half after three years, and less the more files the commit changed. Words are compared once for each commit, not
 * for each file that it changed. The files of commits are looked up once a commit: where the tables have not been analysed yet, the
 * planner would look up each file in each commit, which takes forty times as long.
 */
const ABOUT = `
  WITH asked AS MATERIALIZED (SELECT word, weight FROM unnest($2::text[], $3::float8[]) AS w (word, weight)),
  lead AS MATERIALIZED (
    SELECT c.id, c.words, c.committed_at, c.files
      FROM index_snapshots s, unnest(s.history) AS h (id) JOIN repository_commits c ON c.id = h.id WHERE s.id = $1),
  told AS MATERIALIZED (
    SELECT id, words, 1 / sqrt(greatest(files, 1)::float8) / (1 + extract(epoch FROM newest.at - committed_at)::float8 / 86400 / 365 / 3) AS weight
      FROM lead, (SELECT max(committed_at) AS at FROM lead) AS newest),
  own AS MATERIALIZED (
    SELECT path FROM snapshot_files WHERE snapshot_id = $1 AND blob_id IS NOT NULL AND category <> 'test'),
  touched AS MATERIALIZED (
    SELECT f.path, t.id, t.weight, cardinality(t.words) AS words
      FROM told t JOIN commit_files f ON f.commit_id = t.id
     WHERE f.via = f.commit_id OR f.via IN (SELECT id FROM lead)),
  changed AS MATERIALIZED (SELECT t.* FROM touched t JOIN own o ON o.path = t.path),
  lengths AS MATERIALIZED (SELECT path, sum(weight * words) AS length FROM changed GROUP BY path),
  shape AS MATERIALIZED (SELECT count(*) AS files, avg(length) AS length FROM lengths),
  said AS MATERIALIZED (
    SELECT t.id, a.word, a.weight FROM told t, unnest(t.words) AS l (word) JOIN asked a ON a.word = l.word),
  counts AS MATERIALIZED (
    SELECT c.path, s.word, s.weight, sum(c.weight) AS count
      FROM said s JOIN changed c ON c.id = s.id GROUP BY c.path, s.word, s.weight),
  rare AS (
    SELECT word, ln(1 + (shape.files - count(*)::float8 + 0.5::float8) / (count(*)::float8 + 0.5::float8)) AS rarity
      FROM counts, shape GROUP BY word, shape.files)
  SELECT c.path,
         sum(c.weight * r.rarity * 2.2::float8 * c.count / (c.count + 0.72::float8 + 0.48::float8 * l.length / shape.length)) AS score
    FROM counts c JOIN rare r ON r.word = c.word JOIN lengths l ON l.path = c.path, shape
   GROUP BY c.path`;

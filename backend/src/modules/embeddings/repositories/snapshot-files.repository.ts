import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { RECIPE } from '../model/model-files.js';
import { codeWords } from '../text/code-words.js';
import { categoryOf, type Category, languageOf } from '../text/file-kind.js';
import type { SkipReason } from '../text/skip-policy.js';
import { type BlobKey, blobKey } from './blobs.repository.js';

export interface IndexedFile extends BlobKey {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
}

export interface SkippedFile extends IndexedFile {
  readonly reason: SkipReason;
}

export interface ListedFile {
  readonly path: string;
  readonly size: number;
  readonly tokens: number | null;
  readonly language: string | null;
  readonly category: Category;
  readonly skipReason: SkipReason | null;
}

export interface FileFilter {
  readonly query?: string | undefined;
  readonly skipped?: boolean | undefined;
}

/** How much of a commit has been dealt with. */
export interface FileCounts {
  readonly filesIndexed: number;
  readonly filesSkipped: number;
  readonly chunks: number;
}

const LARGEST_SIZE = 2_147_483_647;

/** What each file of an indexed commit became. */
@Injectable()
export class SnapshotFilesRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The files a run has dealt with already, however it ended. */
  async paths(snapshotId: string): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ path: string }[]>(
      'SELECT path FROM snapshot_files WHERE snapshot_id = $1',
      [snapshotId],
    );
    return new Set(rows.map(({ path }) => path));
  }

  async counts(snapshotId: string): Promise<FileCounts> {
    const [row] = await this.dataSource.query<[{ indexed: number; skipped: number; chunks: number }]>(
      `SELECT count(f.blob_id)::int AS indexed, (count(*) - count(f.blob_id))::int AS skipped,
              coalesce(sum(b.chunks), 0)::int AS chunks
         FROM snapshot_files f LEFT JOIN blobs b ON b.id = f.blob_id WHERE f.snapshot_id = $1`,
      [snapshotId],
    );
    return { filesIndexed: row.indexed, filesSkipped: row.skipped, chunks: row.chunks };
  }

  async addSkipped(snapshotId: string, files: readonly SkippedFile[]): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO snapshot_files (snapshot_id, path, size, language, category, words, skip_reason)
       SELECT $1::uuid, * FROM unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[])
       ON CONFLICT (snapshot_id, path) DO NOTHING`,
      [snapshotId, ...columnsOf(files), files.map(({ reason }) => reason)],
    );
  }

  /**
   * Adds those of the files whose content is stored; the contents cannot be collected while this goes on.
   * @returns the chunks of each content that was there, by `blobKey`.
   */
  async addKnown(
    snapshotId: string,
    files: readonly IndexedFile[],
    tx: EntityManager = this.dataSource.manager,
  ): Promise<Map<string, number>> {
    const rows = await tx.query<(BlobKey & { chunks: number })[]>(
      `WITH known AS (
         SELECT b.id, b.oid, b.name, b.chunks FROM blobs b
          WHERE b.recipe = $2 AND (b.oid, b.name) IN (SELECT * FROM unnest($3::text[], $4::text[]))
            FOR KEY SHARE),
       added AS (
         INSERT INTO snapshot_files (snapshot_id, blob_id, path, size, language, category, words)
         SELECT $1::uuid, k.id, f.path, f.size, f.language, f.category, f.words
           FROM unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::text[])
             AS f (oid, name, path, size, language, category, words)
           JOIN known k ON k.oid = f.oid AND k.name = f.name
         ON CONFLICT (snapshot_id, path) DO NOTHING)
       SELECT oid, name, chunks FROM known`,
      [snapshotId, RECIPE, files.map(({ oid }) => oid), files.map(({ name }) => name), ...columnsOf(files)],
    );
    return new Map(rows.map((row) => [blobKey(row), row.chunks]));
  }

  /** By path, after `afterPath`, with one row too many when there are more. */
  async list(snapshotId: string, filter: FileFilter, limit: number, afterPath: string): Promise<ListedFile[]> {
    const rows = await this.dataSource.query<(Omit<ListedFile, 'skipReason'> & { skip_reason: SkipReason | null })[]>(
      `SELECT f.path, f.size, b.tokens, f.language, f.category, f.skip_reason
         FROM snapshot_files f LEFT JOIN blobs b ON b.id = f.blob_id
        WHERE f.snapshot_id = $1 AND f.path > $2
          AND ($3::text IS NULL OR position(lower($3) IN lower(f.path)) > 0)
          AND ($4::boolean IS NULL OR (f.skip_reason IS NOT NULL) = $4)
        ORDER BY f.path LIMIT $5`,
      [snapshotId, afterPath, filter.query ?? null, filter.skipped ?? null, limit + 1],
    );
    return rows.map(({ skip_reason: skipReason, ...row }) => ({ ...row, skipReason }));
  }
}

function columnsOf(files: readonly IndexedFile[]): [string[], number[], (string | null)[], Category[], string[]] {
  return [
    files.map(({ path }) => path),
    files.map(({ size }) => Math.min(size, LARGEST_SIZE)),
    files.map(({ path }) => languageOf(path)),
    files.map(({ path }) => categoryOf(path)),
    files.map(({ path }) => codeWords(path).join(' ')),
  ];
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Models } from '../model/models.js';
import { codeWords } from '../text/code-words.js';
import { categoryOf, type Category, languageOf } from '../text/file-kind.js';
import { CONTENT_REASONS, type SkipReason } from '../text/skip-policy.js';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import type { FilePlan } from '../indexing/file-plan.js';
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
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly models: Models,
  ) {}

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
      `INSERT INTO snapshot_files (snapshot_id, oid, path, size, language, category, words, skip_reason)
       SELECT $1::uuid, * FROM unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[])
       ON CONFLICT (snapshot_id, path) DO NOTHING`,
      [snapshotId, files.map(({ oid }) => oid), ...columnsOf(files), files.map(({ reason }) => reason)],
    );
  }

  /**
   * Takes over, from the snapshot of the repository that is nearest to this one, what is of the same content at the same path. A
   * plan that skips a file must have done so then, one that reads it must have come to its content.
   */
  async copyUnchanged({ id, repositoryId, branch }: IndexSnapshot, { readable, skipped }: FilePlan): Promise<void> {
    const files = [...readable, ...skipped];
    await this.dataSource.query(COPY_UNCHANGED, [
      ...[id, repositoryId, branch, this.models.recipe, CONTENT_REASONS],
      files.map(({ path }) => path),
      files.map(({ oid }) => oid),
      files.map((file) => ('reason' in file ? (file as SkippedFile).reason : null)),
    ]);
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
         INSERT INTO snapshot_files (snapshot_id, blob_id, oid, path, size, language, category, words)
         SELECT $1::uuid, k.id, k.oid, f.path, f.size, f.language, f.category, f.words
           FROM unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::text[])
             AS f (oid, name, path, size, language, category, words)
           JOIN known k ON k.oid = f.oid AND k.name = f.name
         ON CONFLICT (snapshot_id, path) DO NOTHING)
       SELECT oid, name, chunks FROM known`,
      [snapshotId, this.models.recipe, files.map(({ oid }) => oid), files.map(({ name }) => name), ...columnsOf(files)],
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

/** That of the same branch if there is one. Contents cannot be collected while they are taken over. */
const COPY_UNCHANGED = `
  WITH nearest AS (
    SELECT id FROM index_snapshots
     WHERE repository_id = $2 AND recipe = $4 AND status = 'ready' AND id <> $1
     ORDER BY branch = $3 DESC, requested_at DESC LIMIT 1),
  planned AS MATERIALIZED (
    SELECT * FROM unnest($6::text[], $7::text[], $8::text[]) AS p (path, oid, reason)),
  held AS MATERIALIZED (
    SELECT b.id FROM blobs b
     WHERE b.id IN (SELECT f.blob_id FROM snapshot_files f WHERE f.snapshot_id = (SELECT id FROM nearest)) FOR KEY SHARE)
  INSERT INTO snapshot_files (snapshot_id, path, oid, blob_id, size, skip_reason, language, category, words)
  SELECT $1::uuid, f.path, f.oid, f.blob_id, f.size, f.skip_reason, f.language, f.category, f.words
    FROM snapshot_files f
    JOIN planned p ON p.path = f.path AND p.oid = f.oid
   WHERE f.snapshot_id = (SELECT id FROM nearest)
     AND (f.blob_id IS NULL OR f.blob_id IN (SELECT id FROM held))
     AND (p.reason = f.skip_reason OR (p.reason IS NULL AND (f.skip_reason IS NULL OR f.skip_reason = ANY($5))))
  ON CONFLICT (snapshot_id, path) DO NOTHING`;

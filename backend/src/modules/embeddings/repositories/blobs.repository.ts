import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { toSql } from 'pgvector';
import { DataSource, type EntityManager } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import { RECIPE } from '../model/model-files.js';
import type { CutChunk } from '../model/thread-protocol.js';

/** What decides what a content becomes. */
export interface BlobKey {
  /** git's object id. */
  readonly oid: string;
  /** The file's own name, without folders. */
  readonly name: string;
}

export interface EmbeddedChunk extends CutChunk {
  readonly vector: Float32Array;
}

/** A content that is cut and embedded, ready to be stored. */
export interface EmbeddedBlob extends BlobKey {
  readonly tokens: number;
  readonly chunks: readonly EmbeddedChunk[];
}

export const blobKey = ({ oid, name }: BlobKey): string => `${oid} ${name}`;

const BATCH = 200;
const COLLECTED_AT_ONCE = 500;

/** Contents that were cut and embedded once and serve every branch that has them. */
@Injectable()
export class BlobsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Which of the contents are there, by `blobKey`. */
  async known(keys: readonly BlobKey[]): Promise<Set<string>> {
    const rows = await this.dataSource.query<BlobKey[]>(
      `SELECT oid, name FROM blobs
        WHERE recipe = $1 AND (oid, name) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
      [RECIPE, keys.map(({ oid }) => oid), keys.map(({ name }) => name)],
    );
    return new Set(rows.map(blobKey));
  }

  /** Stores a content whole, unless somebody else has in the meantime. */
  async store(tx: EntityManager, { oid, name, tokens, chunks }: EmbeddedBlob): Promise<void> {
    const [made] = await tx.query<{ id: string }[]>(
      `INSERT INTO blobs (id, oid, name, recipe, tokens, chunks) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (oid, name, recipe) DO NOTHING RETURNING id`,
      [newId(), oid, name, RECIPE, tokens, chunks.length],
    );
    if (!made) return;
    for (let at = 0; at < chunks.length; at += BATCH) await storeChunks(tx, made.id, chunks.slice(at, at + BATCH));
  }

  /** Drops contents that no snapshot refers to. @returns how many. */
  async collectOrphans(): Promise<number> {
    let collected = 0;
    for (;;) {
      const [rows] = await this.dataSource.query<[unknown[], number]>(
        `DELETE FROM blobs WHERE id IN (
           SELECT b.id FROM blobs b WHERE NOT EXISTS (SELECT 1 FROM snapshot_files f WHERE f.blob_id = b.id)
            LIMIT $1 FOR UPDATE SKIP LOCKED)
         RETURNING id`,
        [COLLECTED_AT_ONCE],
      );
      collected += rows.length;
      if (rows.length < COLLECTED_AT_ONCE) return collected;
    }
  }
}

async function storeChunks(tx: EntityManager, blobId: string, chunks: readonly EmbeddedChunk[]): Promise<void> {
  const ids = chunks.map(() => newId());
  await tx.query(
    `INSERT INTO chunks (id, blob_id, start_line, end_line, symbol, kind, text, words, name_words)
     SELECT id, $2, start_line, end_line, symbol, kind, text, words, name_words
       FROM unnest($1::uuid[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
         AS row (id, start_line, end_line, symbol, kind, text, words, name_words)`,
    [
      ids,
      blobId,
      chunks.map(({ startLine }) => startLine),
      chunks.map(({ endLine }) => endLine),
      chunks.map(({ symbol }) => symbol),
      chunks.map(({ kind }) => kind),
      chunks.map(({ text }) => text),
      chunks.map(({ words }) => words),
      chunks.map(({ nameWords }) => nameWords),
    ],
  );
  await tx.query(
    `INSERT INTO chunk_embeddings (chunk_id, embedding)
     SELECT chunk_id, embedding::vector FROM unnest($1::uuid[], $2::text[]) AS row (chunk_id, embedding)`,
    [ids, chunks.map(({ vector }) => String(toSql([...vector])))],
  );
}

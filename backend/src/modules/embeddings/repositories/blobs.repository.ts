import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { Models } from '../model/models.js';
import type { CutChunk } from '../model/thread-protocol.js';
import { TextsRepository } from './texts.repository.js';

/** What decides what a content becomes. */
export interface BlobKey {
  /** git's object id. */
  readonly oid: string;
  /** The file's own name, without folders. */
  readonly name: string;
}

export interface EmbeddedChunk extends CutChunk {
  /** `textHash` of its input. */
  readonly hash: string;
}

/** A content that is cut, and whose texts are embedded, ready to be stored. */
export interface EmbeddedBlob extends BlobKey {
  readonly tokens: number;
  readonly chunks: readonly EmbeddedChunk[];
}

export const blobKey = ({ oid, name }: BlobKey): string => `${oid} ${name}`;

const BATCH = 200;
const COLLECTED_AT_ONCE = 500;

/** Contents that were cut once and serve every branch that has them. */
@Injectable()
export class BlobsRepository {
  constructor(
    private readonly models: Models,
    private readonly texts: TextsRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Stores a content whole, unless somebody else has in the meantime. @throws TextsGoneError */
  async store(tx: EntityManager, { oid, name, tokens, chunks }: EmbeddedBlob): Promise<void> {
    const [made] = await tx.query<{ id: string }[]>(
      `INSERT INTO blobs (id, oid, name, recipe, tokens, chunks) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (oid, name, recipe) DO NOTHING RETURNING id`,
      [newId(), oid, name, this.models.recipe, tokens, chunks.length],
    );
    if (!made) return;
    const hashes = [...new Set(chunks.map(({ hash }) => hash))];
    const texts = await this.texts.hold(tx, hashes);
    for (let at = 0; at < chunks.length; at += BATCH)
      await storeChunks(tx, made.id, texts, chunks.slice(at, at + BATCH));
  }

  /** Drops contents that no snapshot refers to, and the texts that only they had. @returns how many contents went. */
  async collectOrphans(): Promise<number> {
    let collected = 0;
    for (;;) {
      const count = await this.transactions.run((tx) => this.collectSome(tx));
      collected += count;
      if (count < COLLECTED_AT_ONCE) return collected;
    }
  }

  /** What was referred to until the lock was had is seen by the statement that deletes. */
  private async collectSome(tx: EntityManager): Promise<number> {
    const rows = await tx.query<{ id: string }[]>(
      `SELECT b.id FROM blobs b WHERE NOT EXISTS (SELECT 1 FROM snapshot_files f WHERE f.blob_id = b.id)
        LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [COLLECTED_AT_ONCE],
    );
    if (rows.length === 0) return 0;
    const ids = rows.map(({ id }) => id);
    const texts = await tx.query<{ id: string }[]>(
      'SELECT DISTINCT embedding_id AS id FROM chunks WHERE blob_id = ANY($1)',
      [ids],
    );
    const [, count] = await tx.query<[unknown[], number]>(
      `DELETE FROM blobs b
        WHERE id = ANY($1) AND NOT EXISTS (SELECT 1 FROM snapshot_files f WHERE f.blob_id = b.id)`,
      [ids],
    );
    await this.texts.collect(
      tx,
      texts.map(({ id }) => id),
    );
    return count;
  }
}

async function storeChunks(
  tx: EntityManager,
  blobId: string,
  texts: ReadonlyMap<string, string>,
  chunks: readonly EmbeddedChunk[],
): Promise<void> {
  await tx.query(
    `INSERT INTO chunks (blob_id, id, embedding_id, start_line, end_line, symbol, kind, text, words, name_words)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[],
                              $10::text[])`,
    [
      blobId,
      chunks.map(() => newId()),
      chunks.map(({ hash }) => texts.get(hash)),
      chunks.map(({ startLine }) => startLine),
      chunks.map(({ endLine }) => endLine),
      chunks.map(({ symbol }) => symbol),
      chunks.map(({ kind }) => kind),
      chunks.map(({ text }) => text),
      chunks.map(({ words }) => words),
      chunks.map(({ nameWords }) => nameWords),
    ],
  );
}

import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { toSql } from 'pgvector';
import { DataSource, type EntityManager } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { Models } from '../model/models.js';

export interface EmbeddedText {
  /** By `textHash`. */
  readonly hash: string;
  /** Of length 1. */
  readonly vector: Float32Array;
}

/** A text was collected between being found and being referred to: it is to be embedded again. */
export class TextsGoneError extends Error {
  constructor() {
    super('Texts were collected while a content of them was being stored.');
    this.name = 'TextsGoneError';
  }
}

/** What a text is known by, with the model: sha256, in hexadecimal digits. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const COLLECTED_AT_ONCE = 500;

/** Texts that were embedded once by the current model, and their vectors. */
@Injectable()
export class TextsRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly models: Models,
    private readonly transactions: Transactions,
  ) {}

  /** Which of the texts are there. */
  async known(hashes: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ hash: string }[]>(
      `SELECT encode(text_hash, 'hex') AS hash FROM text_embeddings
        WHERE model = $1 AND text_hash IN (SELECT decode(hash, 'hex') FROM unnest($2::text[]) AS t (hash))`,
      [this.models.current.id, hashes],
    );
    return new Set(rows.map(({ hash }) => hash));
  }

  /** Keeps vectors, unless somebody else has in the meantime. In one order, so that two who keep the same never block each other. */
  async store(texts: readonly EmbeddedText[]): Promise<void> {
    const ordered = [...texts].sort((a, b) => (a.hash < b.hash ? -1 : 1));
    await this.dataSource.query(
      `INSERT INTO text_embeddings (model, id, text_hash, embedding)
       SELECT $1, id, decode(hash, 'hex'), embedding::vector
         FROM unnest($2::uuid[], $3::text[], $4::text[]) AS t (id, hash, embedding)
       ON CONFLICT (model, text_hash) DO NOTHING`,
      [
        this.models.current.id,
        ordered.map(() => newId()),
        ordered.map(({ hash }) => hash),
        ordered.map(({ vector }) => String(toSql([...vector]))),
      ],
    );
  }

  /** The ids of the texts, none of which can be collected until the transaction ends. @throws TextsGoneError */
  async hold(tx: EntityManager, hashes: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ id: string; hash: string }[]>(
      `SELECT id, encode(text_hash, 'hex') AS hash FROM text_embeddings
        WHERE model = $1 AND text_hash IN (SELECT decode(hash, 'hex') FROM unnest($2::text[]) AS t (hash)) FOR KEY SHARE`,
      [this.models.current.id, hashes],
    );
    const ids = new Map(rows.map(({ id, hash }) => [hash, id]));
    if (hashes.some((hash) => !ids.has(hash))) throw new TextsGoneError();
    return ids;
  }

  /**
   * Drops those of the texts that no chunk refers to. What somebody is about to refer to is locked, and left alone; what was
   * referred to until the lock was had is seen by the second statement. @returns how many went
   */
  async collect(tx: EntityManager, ids: readonly string[]): Promise<number> {
    const locked = await tx.query<{ id: string }[]>(
      'SELECT id FROM text_embeddings WHERE id = ANY($1) ORDER BY id FOR UPDATE SKIP LOCKED',
      [ids],
    );
    const [, count] = await tx.query<[unknown[], number]>(
      `DELETE FROM text_embeddings e
        WHERE id = ANY($1) AND NOT EXISTS (SELECT 1 FROM chunks c WHERE c.embedding_id = e.id)`,
      [locked.map(({ id }) => id)],
    );
    return count;
  }

  /** Drops texts whose file nobody has finished reading for so long. */
  async collectUnfinished(seconds: number): Promise<void> {
    let collected: number;
    do {
      const rows = await this.dataSource.query<{ id: string }[]>(
        `SELECT e.id FROM text_embeddings e
          WHERE e.stored_at < now() - make_interval(secs => $1)
            AND NOT EXISTS (SELECT 1 FROM chunks c WHERE c.embedding_id = e.id) LIMIT $2`,
        [seconds, COLLECTED_AT_ONCE],
      );
      const ids = rows.map(({ id }) => id);
      collected = await this.transactions.run((tx) => this.collect(tx, ids));
    } while (collected === COLLECTED_AT_ONCE);
  }
}

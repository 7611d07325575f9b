import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A vector belongs to a text and a model, and chunks refer to it, so a text is embedded once, whatever contents it stands in.
 * Vectors of any dimension have a place; those of the dimensions below have an index. What was embedded before keeps its
 * vector, under a hash that no text has: which text the model had read was not kept.
 */
export class EmbedTextsOnce1764001500000 implements MigrationInterface {
  readonly name = 'EmbedTextsOnce1764001500000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}

const INDEXED_DIMENSIONS = [256, 384, 512, 768, 1024];

const UP = [
  `CREATE TABLE text_embeddings (
     id uuid CONSTRAINT text_embeddings_pkey PRIMARY KEY,
     model text NOT NULL,
     text_hash bytea NOT NULL,
     embedding vector NOT NULL,
     dimension integer NOT NULL GENERATED ALWAYS AS (vector_dims(embedding)) STORED,
     stored_at timestamptz NOT NULL DEFAULT now()
   )`,
  'ALTER TABLE chunks ADD COLUMN embedding_id uuid',
  `INSERT INTO text_embeddings (id, model, text_hash, embedding)
     SELECT c.id, split_part(b.recipe, '/', 1), sha256(convert_to(c.id::text, 'UTF8')), e.embedding
       FROM chunk_embeddings e JOIN chunks c ON c.id = e.chunk_id JOIN blobs b ON b.id = c.blob_id`,
  'UPDATE chunks SET embedding_id = id',
  'DROP TABLE chunk_embeddings',
  'ALTER TABLE chunks ALTER COLUMN embedding_id SET NOT NULL',
  `ALTER TABLE chunks ADD CONSTRAINT chunks_embedding_id_fkey
     FOREIGN KEY (embedding_id) REFERENCES text_embeddings (id) ON DELETE RESTRICT`,
  'CREATE INDEX chunks_embedding_id ON chunks (embedding_id)',
  'CREATE UNIQUE INDEX text_embeddings_text_key ON text_embeddings (model, text_hash)',
  ...INDEXED_DIMENSIONS.map(
    (dimension) => `CREATE INDEX text_embeddings_${dimension} ON text_embeddings
       USING hnsw ((embedding::vector(${dimension})) vector_cosine_ops) WHERE dimension = ${dimension}`,
  ),
];

const DOWN = [
  // The table of before has no place for vectors of another dimension: what has them is read anew.
  `DELETE FROM index_snapshots s WHERE EXISTS (
     SELECT 1 FROM snapshot_files f JOIN chunks c ON c.blob_id = f.blob_id JOIN text_embeddings e ON e.id = c.embedding_id
      WHERE f.snapshot_id = s.id AND e.dimension <> 384)`,
  'DELETE FROM blobs b WHERE NOT EXISTS (SELECT 1 FROM snapshot_files f WHERE f.blob_id = b.id)',
  `CREATE TABLE chunk_embeddings (
     chunk_id uuid CONSTRAINT chunk_embeddings_pkey PRIMARY KEY
       CONSTRAINT chunk_embeddings_chunk_id_fkey REFERENCES chunks (id) ON DELETE CASCADE,
     embedding vector(384) NOT NULL
   )`,
  `INSERT INTO chunk_embeddings (chunk_id, embedding)
     SELECT c.id, e.embedding FROM chunks c JOIN text_embeddings e ON e.id = c.embedding_id`,
  'CREATE INDEX chunk_embeddings_embedding ON chunk_embeddings USING hnsw (embedding vector_cosine_ops)',
  'ALTER TABLE chunks DROP COLUMN embedding_id',
  'DROP TABLE text_embeddings',
];

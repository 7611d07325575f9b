import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The vector of a text, of length 1. It is there once for each model, whatever contents, files, branches and repositories the
 * text stands in.
 */
@Entity({ name: 'text_embeddings' })
@Index('text_embeddings_text_key', ['model', 'textHash'], { unique: true })
@Index('text_embeddings_256', { synchronize: false })
@Index('text_embeddings_384', { synchronize: false })
@Index('text_embeddings_512', { synchronize: false })
@Index('text_embeddings_768', { synchronize: false })
@Index('text_embeddings_1024', { synchronize: false })
export class TextEmbedding {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'text_embeddings_pkey' })
  id!: string;

  /** Which model has read it; vectors of two models are not comparable. */
  @Column('text')
  model!: string;

  /** sha256 of what the model has read. */
  @Column('bytea', { name: 'text_hash' })
  textHash!: Buffer;

  @Column('vector')
  embedding!: string;

  /** How many numbers that are; the indexes are by dimension. */
  @Column({
    type: 'integer',
    generatedType: 'STORED',
    asExpression: 'vector_dims(embedding)',
    insert: false,
    update: false,
  })
  dimension!: number;

  /** Before a chunk refers to it, nothing else tells whether its file is still being read. */
  @Column('timestamptz', { name: 'stored_at', default: () => 'now()' })
  storedAt!: Date;
}

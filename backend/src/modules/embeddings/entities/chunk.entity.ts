import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CHUNK_KINDS, type ChunkKind } from '../text/chunker.js';
import { Blob } from './blob.entity.js';
import { TextEmbedding } from './text-embedding.entity.js';

/** A span of a file that is found as one. */
@Entity({ name: 'chunks' })
@Check('chunks_kind_check', `kind IN (${CHUNK_KINDS.map((kind) => `'${kind}'`).join(', ')})`)
@Index('chunks_blob_id', ['blobId', 'startLine'])
@Index('chunks_embedding_id', ['embeddingId'])
@Index('chunks_search', { synchronize: false })
export class Chunk {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'chunks_pkey' })
  id!: string;

  @Column('uuid', { name: 'blob_id' })
  @ForeignKey(() => Blob, 'id', { name: 'chunks_blob_id_fkey', onDelete: 'CASCADE' })
  blobId!: string;

  /** 1-based, both ends included. */
  @Column('integer', { name: 'start_line' })
  startLine!: number;

  @Column('integer', { name: 'end_line' })
  endLine!: number;

  /** What is defined there, with what it belongs to: `Store.save`; a heading in prose. */
  @Column('text', { nullable: true })
  symbol!: string | null;

  @Column('text')
  kind!: ChunkKind;

  @Column('text')
  text!: string;

  /** The words of the text as code has them: `parseTodoList` → `parsetodolist parse todo list`. */
  @Column('text')
  words!: string;

  /** Those of what is defined there and around it. */
  @Column('text', { name: 'name_words', default: '' })
  nameWords!: string;

  /** The vector of its text with what tells where that stands; it goes only when no chunk refers to it any more. */
  @Column('uuid', { name: 'embedding_id' })
  @ForeignKey(() => TextEmbedding, 'id', { name: 'chunks_embedding_id_fkey', onDelete: 'RESTRICT' })
  embeddingId!: string;

  @Column({
    type: 'tsvector',
    generatedType: 'STORED',
    asExpression: `setweight(to_tsvector('simple', name_words), 'A') || setweight(to_tsvector('simple', words), 'D')`,
    select: false,
    insert: false,
    update: false,
  })
  search!: string;
}

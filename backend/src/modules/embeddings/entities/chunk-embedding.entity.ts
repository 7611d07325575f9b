import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Chunk } from './chunk.entity.js';

/** The vector of a chunk, of length 1; by which model, the blob's recipe says. */
@Entity({ name: 'chunk_embeddings' })
@Index('chunk_embeddings_embedding', { synchronize: false })
export class ChunkEmbedding {
  @PrimaryColumn('uuid', { name: 'chunk_id', primaryKeyConstraintName: 'chunk_embeddings_pkey' })
  @ForeignKey(() => Chunk, 'id', { name: 'chunk_embeddings_chunk_id_fkey', onDelete: 'CASCADE' })
  chunkId!: string;

  @Column('vector', { length: 384 })
  embedding!: string;
}

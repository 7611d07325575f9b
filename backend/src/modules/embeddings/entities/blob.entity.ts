import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A file's content, known by git's own id of it, whatever repository, branch or folder it lies in. A row is there with all
 * its chunks or not at all.
 */
@Entity({ name: 'blobs' })
@Index('blobs_content_key', ['oid', 'name', 'recipe'], { unique: true })
export class Blob {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'blobs_pkey' })
  id!: string;

  /** git's object id. */
  @Column('text')
  oid!: string;

  /** The file's own name, without folders: it decides how the text is cut and is part of what the model reads. */
  @Column('text')
  name!: string;

  /** Which model and way of cutting made it (`recipeOf`); contents of another recipe are made anew. */
  @Column('text')
  recipe!: string;

  /** In the embedding model's vocabulary. */
  @Column('integer')
  tokens!: number;

  /** How many. */
  @Column('integer')
  chunks!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

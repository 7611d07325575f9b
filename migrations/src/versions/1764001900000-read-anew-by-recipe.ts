import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A snapshot knows the model and the way of cutting that it was read with, so that the same commit can be read anew while it is
 * still searched; and a file of it git's id of its content, so that a later commit takes over what has not changed.
 */
export class ReadAnewByRecipe1764001900000 implements MigrationInterface {
  readonly name = 'ReadAnewByRecipe1764001900000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}

const UP = [
  `ALTER TABLE index_snapshots ADD COLUMN recipe text NOT NULL DEFAULT ''`,
  `UPDATE index_snapshots s SET recipe = coalesce(
     (SELECT b.recipe FROM snapshot_files f JOIN blobs b ON b.id = f.blob_id WHERE f.snapshot_id = s.id LIMIT 1), '')`,
  'ALTER TABLE index_snapshots ALTER COLUMN recipe DROP DEFAULT',
  'DROP INDEX index_snapshots_commit_key',
  `CREATE UNIQUE INDEX index_snapshots_commit_key ON index_snapshots (repository_id, branch, commit_sha, recipe)
     WHERE pinned_until IS NULL`,
  'ALTER TABLE snapshot_files ADD COLUMN oid text',
];

const DOWN = [
  'ALTER TABLE snapshot_files DROP COLUMN oid',
  'DROP INDEX index_snapshots_commit_key',
  `DELETE FROM index_snapshots s USING index_snapshots o
    WHERE s.pinned_until IS NULL AND o.pinned_until IS NULL AND s.id <> o.id
      AND (o.repository_id, o.branch, o.commit_sha) = (s.repository_id, s.branch, s.commit_sha)
      AND (o.status = 'ready', o.id) > (s.status = 'ready', s.id)`,
  `CREATE UNIQUE INDEX index_snapshots_commit_key ON index_snapshots (repository_id, branch, commit_sha)
     WHERE pinned_until IS NULL`,
  'ALTER TABLE index_snapshots DROP COLUMN recipe',
];

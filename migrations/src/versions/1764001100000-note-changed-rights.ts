import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When GitHub last told that somebody's right in a repository has changed: an answer that was asked for before is not kept. */
export class NoteChangedRights1764001100000 implements MigrationInterface {
  readonly name = 'NoteChangedRights1764001100000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE repositories ADD COLUMN rights_changed_at timestamptz');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE repositories DROP COLUMN rights_changed_at');
  }
}

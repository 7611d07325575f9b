import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { LocalServerError } from '../../support/child.js';
import { SCHEMA } from './schema.js';

/** Raised with every change of the tables that an older data folder does not have. */
const VERSION = 1;

export type Parameters = Readonly<Record<string, SQLInputValue>>;

/** The forge's own state, in one SQLite file that survives a killed process (write-ahead log). */
export class Database {
  private readonly statements = new Map<string, StatementSync>();
  private depth = 0;

  private constructor(private readonly sqlite: DatabaseSync) {}

  /** @throws LocalServerError naming a file that is no database of ours */
  static open(file: string): Database {
    try {
      const sqlite = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5_000 });
      sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      const version = sqlite.prepare('PRAGMA user_version').get()?.['user_version'];
      if (version !== 0 && version !== VERSION)
        throw new Error(`it is of version ${String(version)}, expected ${VERSION}`);
      sqlite.exec(`BEGIN; ${SCHEMA} PRAGMA user_version = ${VERSION}; COMMIT;`);
      return new Database(sqlite);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new LocalServerError(
        `The local forge cannot read its data in ${file} (${reason}). Move that folder away to start with a fresh one.`,
      );
    }
  }

  all<T>(sql: string, parameters: Parameters = {}): T[] {
    return this.prepared(sql).all(parameters) as T[];
  }

  get<T>(sql: string, parameters: Parameters = {}): T | undefined {
    return this.prepared(sql).get(parameters) as T | undefined;
  }

  /** @returns the number of rows that were changed */
  run(sql: string, parameters: Parameters = {}): number {
    return Number(this.prepared(sql).run(parameters).changes);
  }

  /** Everything in `work`, or nothing of it; one inside another belongs to the outer one. */
  transaction<T>(work: () => T): T {
    if (this.depth > 0) return work();
    this.sqlite.exec('BEGIN IMMEDIATE');
    this.depth++;
    try {
      const result = work();
      this.sqlite.exec('COMMIT');
      return result;
    } catch (error) {
      this.sqlite.exec('ROLLBACK');
      throw error;
    } finally {
      this.depth--;
    }
  }

  close(): void {
    this.sqlite.close();
  }

  private prepared(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.sqlite.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

import { grantApplicationRole } from './application-role.js';
import { keepAuditFor } from './audit-retention.js';
import { migrationSource } from './data-source.js';

/**
 * Brings the database named by DATABASE_URL up to date: `node dist/migrations/run.js`.
 * `--revert` takes the newest migration back. Prints one line a migration. Where APPLICATION_DATABASE_URL is set, its role gets
 * the rights that the product needs, and no others. AUDIT_RETENTION_MONTHS: how many months of the audit are kept; all, without it.
 */
const { DATABASE_URL: databaseUrl, APPLICATION_DATABASE_URL: applicationUrl } = process.env;
if (!databaseUrl) {
  process.stderr.write('DATABASE_URL is missing: the postgres:// URL of the database to migrate.\n');
  process.exit(78);
}

const source = migrationSource(databaseUrl);
try {
  await source.initialize();
  if (process.argv.includes('--revert')) {
    await source.undoLastMigration({ transaction: 'each' });
    process.stdout.write('reverted the newest migration\n');
  } else {
    const done = await source.runMigrations({ transaction: 'each' });
    for (const migration of done) process.stdout.write(`ran ${migration.name}\n`);
    process.stdout.write(
      done.length === 0 ? 'the schema is up to date\n' : `the schema is up to date (${done.length} migrations run)\n`,
    );
    await keepAuditFor(source, process.env['AUDIT_RETENTION_MONTHS'] ?? '');
    if (applicationUrl) {
      process.stdout.write(`${await grantApplicationRole(source, applicationUrl)} may use it\n`);
    }
  }
} catch (error) {
  process.stderr.write(`The migrations failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  if (source.isInitialized) await source.destroy();
}

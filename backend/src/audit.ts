import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { ENTITIES } from './entities.js';
import { AuditArchives, AuditModule, AuditVerifier } from './modules/audit/index.js';
import { DatabaseRoot } from './platform/database/database.module.js';

/**
 * The audit trail from a shell, with the product's environment: `node dist/backend/audit.js`
 *     verify                 the chain in the database, against the anchors; progress goes to standard error
 *     verify-archive FILE…   archive files
 * Prints what was found as JSON, a line each. Ends with 0 when everything is as it was written, else with 1.
 */
@Module({ imports: [DatabaseRoot.with(ENTITIES), AuditModule] })
class AuditCommandModule {}

const [command = '', ...files] = process.argv.slice(2);
const print = (found: object): void => void process.stdout.write(`${JSON.stringify(found)}\n`);
if (command !== 'verify' && !(command === 'verify-archive' && files.length > 0)) {
  process.stderr.write('Usage: audit.js verify | verify-archive FILE…\n');
  process.exit(64);
}
const app = await NestFactory.createApplicationContext(AuditCommandModule, { logger: ['error'], abortOnError: false });
let isIntact = true;
if (command === 'verify') {
  const verdict = await app.get(AuditVerifier).verify({
    onProgress: ({ checked, total }) => process.stderr.write(`\r${checked} of ${total}`),
  });
  process.stderr.write('\n');
  print(verdict);
  isIntact = verdict.intact;
}
for (const file of files) {
  try {
    print({ file, intact: true, ...(await app.get(AuditArchives).verify(file)) });
  } catch (error) {
    print({ file, intact: false, problem: error instanceof Error ? error.message : String(error) });
    isIntact = false;
  }
}
await app.close();
process.exitCode = isIntact ? 0 : 1;

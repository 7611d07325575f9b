import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ENTITIES } from './entities.js';
import { AuthModule, TokenRotation } from './modules/auth/index.js';
import { ConfigError } from './platform/config/config.js';
import { DatabaseRoot } from './platform/database/database.module.js';

/**
 * Brings GitHub's tokens in the database under the current ENCRYPTION_KEY: `node dist/backend/rotate-keys.js`, while the
 * product runs. Prints one line; exit code 1 when rows were left whose key is not at hand.
 */
@Module({ imports: [DatabaseRoot.with(ENTITIES), AuthModule] })
class RotationModule {}

try {
  const app = await NestFactory.createApplicationContext(RotationModule, { logger: false, abortOnError: false });
  const { resealed, unreadable } = await app.get(TokenRotation).run();
  process.stdout.write(`${resealed} sealed under the current key, ${unreadable} left whose key is not at hand\n`);
  process.exitCode = unreadable === 0 ? 0 : 1;
  await app.close();
} catch (error) {
  process.stderr.write(`The rotation failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ConfigError ? 78 : 1;
}

import { Logger } from '@nestjs/common';
import { ConfigError } from '../config/config.js';
import { DomainError } from '../errors/domain-error.js';

const MISCONFIGURED = 78; // EX_CONFIG of sysexits.h
const FAILED = 1;

/**
 * Starts a process: says when it is ready in one JSON line (to whoever waits for it), ends with a sentence when it
 * cannot start, and keeps running when a promise was rejected without a listener, which is logged as an error.
 */
export async function runProcess(start: () => Promise<Record<string, unknown>>): Promise<void> {
  process.on('unhandledRejection', (reason) => {
    new Logger('Process').error({ message: 'unhandled rejection', error: reason });
  });
  try {
    const facts = await start();
    process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid, ...facts })}\n`);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(error instanceof ConfigError ? MISCONFIGURED : FAILED);
  }
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DomainError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

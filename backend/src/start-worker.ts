import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Config } from './platform/config/config.js';
import { createJsonLogger } from './platform/logging/logger.js';
import { WorkerModule } from './worker.module.js';

/** The application that works the queues. */
export function startWorker(config: Config): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(WorkerModule, {
    logger: createJsonLogger(config.LOG_LEVEL, 'worker'),
    abortOnError: false,
  });
}

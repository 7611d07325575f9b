import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { loadConfig } from './platform/config/config.js';
import { createJsonLogger } from './platform/logging/logger.js';
import { runProcess } from './platform/process/run-process.js';
import { WorkerModule } from './worker.module.js';

await runProcess(async () => {
  const config = loadConfig(process.env);
  const app = await NestFactory.createApplicationContext(WorkerModule, {
    logger: createJsonLogger(config.LOG_LEVEL, 'worker'),
    abortOnError: false,
  });
  app.enableShutdownHooks();
  return {};
});

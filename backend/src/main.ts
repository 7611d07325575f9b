import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { ApiModule } from './api.module.js';
import { loadConfig } from './platform/config/config.js';
import { answerUnknownRoutes, API_PREFIX, configureApp } from './platform/http/configure-app.js';
import { Contract } from './platform/http/contract.controller.js';
import { buildDocument } from './platform/http/openapi.js';
import { createJsonLogger } from './platform/logging/logger.js';
import { runProcess } from './platform/process/run-process.js';

await runProcess(async () => {
  const config = loadConfig(process.env);
  const app = await NestFactory.create<NestExpressApplication>(ApiModule, {
    logger: createJsonLogger(config.LOG_LEVEL, 'api'),
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  configureApp(app, config);
  const document = buildDocument(app);
  app.get(Contract).document = document;
  if (config.API_DOCS) SwaggerModule.setup('docs', app, document, { useGlobalPrefix: true });
  app.enableShutdownHooks();
  await app.init();
  answerUnknownRoutes(app);
  await app.listen(config.PORT, config.HOST);
  return { url: `http://${config.HOST}:${config.PORT}/${API_PREFIX}` };
});

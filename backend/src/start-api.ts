import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { ApiModule } from './api.module.js';
import type { Config } from './platform/config/config.js';
import { configureApp } from './platform/http/configure-app.js';
import { Contract } from './platform/http/contract.controller.js';
import { buildDocument } from './platform/http/openapi.js';
import { createJsonLogger } from './platform/logging/logger.js';

/** The application that answers HTTP, listening where the configuration says. */
export async function startApi(config: Config): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule, {
    logger: createJsonLogger(config.LOG_LEVEL, 'api'),
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  configureApp(app, config);
  app.get(Contract).describeBy(() => buildDocument(app));
  if (config.API_DOCS) SwaggerModule.setup('docs', app, () => buildDocument(app), { useGlobalPrefix: true });
  await app.init();
  await app.listen(config.PORT, config.HOST);
  return app;
}

import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { ApiModule } from './api.module.js';
import { API_PREFIX } from './platform/http/configure-app.js';
import { buildDocument } from './platform/http/openapi.js';

// Preview mode scans the modules without constructing a provider, so no database, queue or configuration is needed.
const [target = 'openapi.json'] = process.argv.slice(2);
const app = await NestFactory.create(ApiModule, { preview: true, logger: false, abortOnError: false });
app.setGlobalPrefix(API_PREFIX);
writeFileSync(target, `${JSON.stringify(buildDocument(app), null, 2)}\n`);
await app.close();

import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { inlineNamedRoots, shortenOutputNames } from './openapi-names.js';
import { describePathParameters } from './openapi-parameters.js';

/** The contract, generated from the controllers. Operation ids are the handlers' names and must be unique. */
export function buildDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Yudai')
    .setDescription('From a conversation about your code to a merged fix. Errors are problem details (RFC 9457).')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addCookieAuth('yudai', { type: 'apiKey', in: 'cookie' }, 'cookie')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'yud_…' }, 'token')
    .addSecurityRequirements('cookie')
    .addSecurityRequirements('token')
    .build();
  const raw = SwaggerModule.createDocument(app, config, { operationIdFactory: (_controller, method) => method });
  const document = describePathParameters(shortenOutputNames(cleanupOpenApiDoc(inlineNamedRoots(raw))));
  refuseDoubledOperationIds(document);
  return document;
}

function refuseDoubledOperationIds(document: OpenAPIObject): void {
  const seen = new Map<string, string>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, { operationId?: string }>)) {
      const id = operation.operationId;
      if (id === undefined) continue;
      const place = `${method.toUpperCase()} ${path}`;
      const first = seen.get(id);
      if (first !== undefined) throw new Error(`The handlers of ${first} and ${place} are both named ${id}.`);
      seen.set(id, place);
    }
  }
}

import { applyDecorators, HttpCode } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOperation,
  ApiResponse,
  type ApiResponseNoStatusOptions,
  getSchemaPath,
} from '@nestjs/swagger';
import { type ZodDto, ZodSerializerDto } from 'nestjs-zod';
import { ProblemDto } from './problem.dto.js';

export interface EndpointOptions {
  readonly summary: string;
  /** Status of success; 200 by default. */
  readonly status?: number;
  /** Class of the answer's body (made with createZodDto); it is checked and stripped to this shape before it leaves. */
  readonly type?: ZodDto;
  /** Media type of an answer that is no JSON, e.g. text/event-stream; beside `type`, the client chooses by `Accept`. */
  readonly produces?: string;
  /** Other statuses of success, with the same body. */
  readonly also?: readonly number[];
  /** Statuses of failure that are particular to this endpoint; `COMMON_ERRORS` are stated for all. */
  readonly errors?: readonly number[];
}

/**
 * Any request can be malformed (400), too large (413, 414, 431), of another media type (415), of somebody unknown (401), not
 * allowed (403), about nothing (404), wrong in a field (422) or one too many (429); and the server can fail (500).
 */
const COMMON_ERRORS = [400, 401, 403, 404, 413, 414, 415, 422, 429, 431, 500];

/** Everything the contract says about a handler, in one place: success, body, failures. */
export function Endpoint(options: EndpointOptions): MethodDecorator {
  const { summary, status = 200, type, produces, also = [], errors = [] } = options;
  return applyDecorators(
    ApiOperation({ summary }),
    HttpCode(status),
    ...(type ? [ApiExtraModels(ProblemDto, type.Output)] : [ApiExtraModels(ProblemDto)]),
    ...[status, ...also].map((code) => ApiResponse({ status: code, description: summary, ...body(type, produces) })),
    ...(type && !produces ? [ZodSerializerDto(type)] : []),
    Failures(...COMMON_ERRORS, ...errors),
  );
}

/** Statuses of failure, each with its problem document. For decorators that bring a failure along. */
export function Failures(...statuses: readonly number[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ...[...new Set(statuses)].map((status) =>
      ApiResponse({ status, description: 'Problem details', content: PROBLEM }),
    ),
  );
}

function body(type: ZodDto | undefined, produces: string | undefined): ApiResponseNoStatusOptions {
  if (!produces) return type ? { type: type.Output } : {};
  const text = { [produces]: { schema: { type: 'string' } } };
  if (!type) return { content: text };
  return { content: { ...text, 'application/json': { schema: { $ref: getSchemaPath(type.Output) } } } };
}

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

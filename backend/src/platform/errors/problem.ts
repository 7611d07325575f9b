import { HttpException, HttpStatus } from '@nestjs/common';
import { ZodSerializationException, ZodValidationException } from 'nestjs-zod';
import { ZodError } from 'zod';
import { isOutage } from '../database/outage.js';
import { type BudgetRefusal, DomainError, type ErrorKind, type FieldError } from './domain-error.js';
import { sizeCause } from './size-error.js';

/** Problem details (RFC 9457) with the members that every error of this API has. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  readonly budget?: BudgetRefusal;
}

const STATUS: Record<ErrorKind, number> = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'rate-limited': 429,
  'too-large': 413,
  unsupported: 415,
  upstream: 502,
  unavailable: 503,
  timeout: 504,
};

/** Reason phrases of the statuses this API uses (RFC 9110). */
const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

interface Cause {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  readonly budget?: BudgetRefusal;
}

/** Paths as a client writes them: `messages[0].text`. */
function fieldErrors(error: ZodError): FieldError[] {
  return error.issues.map((issue) => ({
    path: issue.path.reduce<string>(
      (path, key) =>
        typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`,
      '',
    ),
    message: issue.message,
  }));
}

function ofDomain(error: DomainError): Cause {
  return {
    status: STATUS[error.kind],
    code: error.code,
    detail: error.detail,
    ...(error.fields ? { errors: error.fields } : {}),
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
    ...(error.budget ? { budget: error.budget } : {}),
  };
}

const MEGABYTE = 1_048_576;

/** Says the bound when the error of body-parser (at hand, or behind Nest's own) knows it. */
function tooLarge(error: unknown): string {
  const limit = typeof error === 'object' && error !== null && 'limit' in error ? error.limit : undefined;
  const bound =
    typeof limit === 'number' ? `the ${limit / MEGABYTE} MB that this endpoint accepts` : 'this endpoint accepts';
  return `The request body is larger than ${bound}.`;
}

/** Errors of body-parser and multer carry a status and a type; their messages may repeat the input. */
function ofHttpLibrary(error: { status?: unknown; type?: unknown }): Cause | undefined {
  const size = sizeCause(error);
  if (size) return { ...size, code: `http.${size.status}` };
  if (typeof error.status !== 'number' || error.status < 400 || error.status > 499) return undefined;
  const details: Record<number, string> = {
    400: error.type === 'entity.parse.failed' ? 'The request body is not valid JSON.' : 'The request cannot be read.',
    413: tooLarge(error),
    415: 'The encoding or type of the request body is not supported.',
  };
  return {
    status: error.status,
    code: `http.${error.status}`,
    detail: details[error.status] ?? 'The request cannot be read.',
  };
}

function ofNest(error: HttpException): Cause {
  const status = error.getStatus();
  const detail =
    status === (HttpStatus.NOT_FOUND as number)
      ? 'There is nothing at this address.'
      : status === (HttpStatus.PAYLOAD_TOO_LARGE as number)
        ? tooLarge(error.cause)
        : (TITLES[status] ?? 'The request failed.');
  return { status, code: `http.${status}`, detail };
}

const UNKNOWN: Cause = {
  status: 500,
  code: 'internal',
  detail: 'Something went wrong on the server. Try again; if it persists, give the request id to your administrator.',
};

const OUTAGE: Cause = {
  status: 503,
  code: 'storage.unavailable',
  detail: 'The database cannot be reached right now. Try again in a moment.',
  retryAfterSeconds: 5,
};

function causeOf(error: unknown): Cause {
  if (error instanceof DomainError) return ofDomain(error);
  if (isOutage(error)) return OUTAGE;
  if (error instanceof ZodSerializationException) return UNKNOWN;
  if (error instanceof ZodValidationException) {
    const zodError = error.getZodError();
    const errors = zodError instanceof ZodError ? fieldErrors(zodError) : [];
    return { status: 422, code: 'validation', detail: 'Some fields are missing or wrong.', errors };
  }
  if (error instanceof HttpException) return ofNest(error);
  if (typeof error === 'object' && error !== null) return ofHttpLibrary(error) ?? UNKNOWN;
  return UNKNOWN;
}

/** Maps anything thrown to a problem document; what is not an expected failure becomes a 500 without details. */
export function toProblem(error: unknown, instance: string, requestId: string): Problem {
  const { status, code, detail, errors, retryAfterSeconds, budget } = causeOf(error);
  return {
    type: `urn:yudai:${code}`,
    title: TITLES[status] ?? 'Error',
    status,
    detail,
    instance,
    code,
    requestId,
    ...(errors ? { errors } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(budget ? { budget } : {}),
  };
}

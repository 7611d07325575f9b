import type { ErrorObject, ValidateFunction } from 'ajv';
import { type FieldError, Refusal } from '../http/refusal.js';
import { Description } from './description.js';
import { type RequestSchemas, SchemaCompiler } from './request-schemas.js';

/** A request's parts as they came; parameters are still text. */
export interface RawRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A request that fits GitHub's description: parameters have their types and defaults. */
export interface ValidRequest {
  readonly path: Readonly<Record<string, string | number>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Refuses what GitHub's own description of an operation refuses. */
export class RequestValidator {
  private constructor(private readonly schemas: ReadonlyMap<string, RequestSchemas>) {}

  /** @throws Error when GitHub has no such operation, or its schema cannot be compiled */
  static compile(routes: readonly string[]): RequestValidator {
    const description = Description.load();
    const compiler = new SchemaCompiler(description);
    return new RequestValidator(
      new Map(routes.map((route) => [route, compiler.compile(description.operation(route))] as const)),
    );
  }

  /** Routes whose requests are validated. */
  get routes(): string[] {
    return [...this.schemas.keys()];
  }

  /** @throws Refusal 422 naming everything that was refused */
  validate(route: string, request: RawRequest): ValidRequest {
    const schemas = this.schemas.get(route);
    if (!schemas) throw new Error(`${route} has no schema.`);
    const path = { ...request.path };
    const query = { ...request.query };
    const errors = [
      ...violations(schemas.path, path, 'path'),
      ...violations(schemas.query, query, 'query'),
      ...bodyViolations(schemas, request.body),
    ];
    if (errors.length === 0) return { path, query, body: request.body };
    const lines = errors.map(({ message }) => message ?? '').join('\n');
    throw new Refusal(422, `Invalid request.\n\n${lines}`, { errors });
  }
}

function bodyViolations({ body, bodyRequired }: RequestSchemas, value: unknown): FieldError[] {
  if (value !== undefined) return violations(body, value, 'body');
  return bodyRequired
    ? [{ resource: 'Request', field: 'body', code: 'missing', message: 'The request needs a JSON body.' }]
    : [];
}

function violations(validate: ValidateFunction, value: unknown, place: string): FieldError[] {
  return validate(value) ? [] : (validate.errors ?? []).map((error) => toFieldError(error, place));
}

function toFieldError(
  { instancePath, keyword, params, message = 'is refused' }: ErrorObject,
  place: string,
): FieldError {
  const missing = keyword === 'required' ? `/${String(params['missingProperty'])}` : '';
  const field = `${place}${instancePath}${missing}`.replaceAll('/', '.');
  const text = missing ? `"${field}" wasn't supplied.` : `For "${field}": ${message}${allowed(params)}.`;
  return { resource: 'Request', field, code: missing ? 'missing_field' : 'invalid', message: text };
}

function allowed(params: Readonly<Record<string, unknown>>): string {
  const values = params['allowedValues'];
  return Array.isArray(values) ? ` (${values.join(', ')})` : '';
}

import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Described, Description, JsonObject, Parameter } from './description.js';
import { toJsonSchema } from './schema.js';

/** What of a request has to fit, compiled. */
export interface RequestSchemas {
  readonly path: ValidateFunction;
  readonly query: ValidateFunction;
  readonly body: ValidateFunction;
  readonly bodyRequired: boolean;
}

/** GitHub's own format of `owner/name`. */
const OWNER_AND_NAME = /^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/;
const NOTHING: JsonObject = { properties: {} };

/**
 * Compiles the schemas of operations, strictly: a keyword or a format that the compiler does not know is an error, not
 * something to be skipped. Parameters arrive as text and are read as what their schema says; bodies are taken as they are.
 */
export class SchemaCompiler {
  private readonly texts = compiler({ coerceTypes: true, useDefaults: true });
  private readonly bodies = compiler({ coerceTypes: false, useDefaults: false });

  constructor(private readonly description: Description) {}

  /** @throws Error naming the operation whose schema cannot be compiled */
  compile({ route, parameters, body }: Described): RequestSchemas {
    const at = (place: string): Parameter[] => parameters.filter((parameter) => parameter.in === place);
    try {
      return {
        path: this.texts.compile(toJsonSchema(objectOf(at('path')), this.description)),
        query: this.texts.compile(toJsonSchema(objectOf(at('query')), this.description)),
        body: this.bodies.compile(toJsonSchema(body?.schema ?? NOTHING, this.description)),
        bodyRequired: body?.required ?? false,
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`GitHub's schema of ${route} cannot be compiled: ${reason}`, { cause: error });
    }
  }

  /** For the answers of an operation. @throws Error when it cannot be compiled */
  compileAnswer(schema: JsonObject): ValidateFunction {
    return this.bodies.compile(toJsonSchema(schema, this.description));
  }
}

function objectOf(parameters: readonly Parameter[]): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

function compiler(options: { readonly coerceTypes: boolean; readonly useDefaults: boolean }): Ajv {
  const ajv = new Ajv({ ...options, strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('repo.nwo', OWNER_AND_NAME);
  return ajv;
}

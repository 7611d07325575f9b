import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A parameter of an operation, in the path or the query (OpenAPI 3.0, "Parameter Object"). */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: JsonObject;
}

/** One operation of GitHub's REST API with its references to shared parameters followed. */
export interface Described {
  /** `GET /repos/{owner}/{repo}` */
  readonly route: string;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly required: boolean; readonly schema: JsonObject };
  /** Schemas of the answers, by status. */
  readonly answers: ReadonlyMap<number, JsonObject>;
}

interface Media {
  readonly content?: Readonly<Record<string, { readonly schema?: JsonObject } | undefined>>;
}

interface RawOperation {
  readonly parameters?: readonly JsonObject[];
  readonly requestBody?: Media & { readonly required?: boolean };
  readonly responses?: Readonly<Record<string, JsonObject>>;
}

/** GitHub's own description of its REST API, as its package ships it. */
export class Description {
  private constructor(private readonly root: JsonObject) {}

  /** About 90 ms: thirteen megabytes. */
  static load(): Description {
    const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');
    return new Description(JSON.parse(readFileSync(file, 'utf8')) as JsonObject);
  }

  /** The object behind `#/…`. @throws Error when there is none */
  at(pointer: string): JsonObject {
    const found = pointer
      .slice(2)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((object, part) => (object as JsonObject | undefined)?.[part], this.root);
    if (typeof found !== 'object' || found === null) throw new Error(`GitHub's description has no ${pointer}.`);
    return found as JsonObject;
  }

  /** @throws Error for a route that GitHub does not have */
  operation(route: string): Described {
    const [method = '', path = ''] = route.split(' ');
    const paths = this.root['paths'] as Readonly<Record<string, JsonObject | undefined>>;
    const raw = paths[path]?.[method.toLowerCase()] as RawOperation | undefined;
    if (!raw) throw new Error(`GitHub's description has no ${route}.`);
    const body = raw.requestBody && jsonSchema(raw.requestBody);
    return {
      route,
      parameters: (raw.parameters ?? []).map((item) => this.follow(item) as unknown as Parameter),
      ...(body ? { body: { required: raw.requestBody.required ?? false, schema: body } } : {}),
      answers: new Map(
        Object.entries(raw.responses ?? {}).flatMap(([status, answer]) => {
          const schema = jsonSchema(this.follow(answer));
          return schema ? [[Number(status), schema] as const] : [];
        }),
      ),
    };
  }

  private follow(object: JsonObject): JsonObject {
    const reference = object['$ref'];
    return typeof reference === 'string' ? this.at(reference) : object;
  }
}

function jsonSchema({ content }: Media): JsonObject | undefined {
  return content?.['application/json']?.schema;
}

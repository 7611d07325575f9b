type Schema = Readonly<Record<string, unknown>>;

/**
 * A JSON document of a schema: properties that have a value of that name and type get it, the others the emptiest value
 * that their type allows. Covers what structured answers use: objects, arrays, texts, numbers, enumerations, null.
 */
export function answerBySchema(schema: Schema, values: Readonly<Record<string, unknown>>): unknown {
  return fill(schema, values);
}

function fill(schema: Schema, value: unknown): unknown {
  const options = schema['enum'];
  if (Array.isArray(options)) return options.includes(value) ? value : (options as unknown[])[0];
  switch (typeOf(schema)) {
    case 'object':
      return fillObject(schema, value);
    case 'array':
      return fillArray(schema, value);
    case 'string':
      return typeof value === 'string' ? value.slice(0, bound(schema['maxLength'])) : '';
    case 'number':
    case 'integer':
      return typeof value === 'number' ? value : 0;
    case 'boolean':
      return value === true;
    default:
      return value ?? null;
  }
}

/** A nullable type is written as a list; the other one is meant. */
function typeOf({ type }: Schema): unknown {
  return Array.isArray(type) ? (type as unknown[]).find((item) => item !== 'null') : type;
}

function fillObject(schema: Schema, value: unknown): Record<string, unknown> {
  const given = isObject(value) ? value : {};
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, fill(isObject(property) ? property : {}, given[name])]),
  );
}

/** Items that an enumeration does not have are left out: a label that the repository lacks is no label. */
function fillArray(schema: Schema, value: unknown): unknown[] {
  const items = isObject(schema['items']) ? schema['items'] : {};
  const allowed = items['enum'];
  const given = Array.isArray(value) ? (value as unknown[]) : [];
  return given
    .filter((item) => !Array.isArray(allowed) || allowed.includes(item))
    .slice(0, bound(schema['maxItems']))
    .map((item) => fill(items, item));
}

function bound(limit: unknown): number | undefined {
  return typeof limit === 'number' ? limit : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

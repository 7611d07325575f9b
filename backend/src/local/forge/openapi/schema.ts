import type { Description, JsonObject } from './description.js';

/** Members that describe a schema to people; the compiler is to know every other one. */
const FOR_PEOPLE = new Set([
  'description',
  'title',
  'example',
  'examples',
  'deprecated',
  'externalDocs',
  'discriminator',
  'readOnly',
  'writeOnly',
  'xml',
]);

/**
 * A schema of OpenAPI 3.0 as JSON Schema, whole: what it refers to stands in `definitions`. OpenAPI's `nullable` becomes
 * an alternative, because a compiler of JSON Schema knows it beside `type` at most and would skip it elsewhere.
 */
export function toJsonSchema(schema: JsonObject, description: Description): JsonObject {
  const definitions: Record<string, unknown> = {};

  const refer = (pointer: string): string => {
    const name = pointer.slice(pointer.lastIndexOf('/') + 1);
    if (!(name in definitions)) {
      definitions[name] = true;
      definitions[name] = translate(description.at(pointer));
    }
    return `#/definitions/${name}`;
  };

  const named = (members: unknown): unknown =>
    Object.fromEntries(Object.entries(members as JsonObject).map(([name, member]) => [name, translate(member)]));

  const member = (keyword: string, value: unknown): unknown => {
    if (keyword === '$ref') return refer(value as string);
    if (keyword === 'properties' || keyword === 'patternProperties') return named(value);
    return keyword === 'enum' || keyword === 'default' || keyword === 'required' ? value : translate(value);
  };

  const translate = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(translate);
    if (typeof value !== 'object' || value === null) return value;
    const { nullable, ...rest } = value as JsonObject;
    const kept = Object.entries(rest).filter(([keyword]) => !FOR_PEOPLE.has(keyword) && !keyword.startsWith('x-'));
    const plain = Object.fromEntries(kept.map(([keyword, content]) => [keyword, member(keyword, content)]));
    return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain;
  };

  const main = translate(schema) as JsonObject;
  return { ...main, definitions };
}

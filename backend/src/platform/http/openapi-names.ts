import { isDeepStrictEqual } from 'node:util';
import type { OpenAPIObject } from '@nestjs/swagger';

type Json = Record<string, unknown>;

/** Marks that nestjs-zod leaves in a generated document for its own clean-up. */
const UNWRAP_ROOT = 'x-nestjs_zod-unwrap-root';
const DEFS = 'x-nestjs_zod-$defs';
const PARENT_ID = 'x-nestjs_zod-parent-id';
const LOCAL_REF = '#/$defs/';
const COMPONENT_REF = '#/components/schemas/';
const OUTPUT = '_Output';

/**
 * Zod 4.6 gives a named schema as a reference to a definition of itself, which nestjs-zod's clean-up takes for two schemas
 * of one name. Puts each definition in the place of its reference. Before the clean-up.
 */
export function inlineNamedRoots(document: OpenAPIObject): OpenAPIObject {
  for (const schema of Object.values(document.components?.schemas ?? {})) {
    const { properties } = schema as { properties?: { root?: Json } };
    const root = properties?.root;
    if (!properties || !root?.[UNWRAP_ROOT] || typeof root['$ref'] !== 'string') continue;
    const name = root['$ref'].slice(LOCAL_REF.length);
    const { [name]: named, ...others } = (root[DEFS] ?? {}) as Record<string, Json>;
    if (!root['$ref'].startsWith(LOCAL_REF) || !named) continue;
    const { $ref: _inlined, type: _empty, 'x-nestjs_zod-empty-type': _mark, required: _own, ...marks } = root;
    properties.root = { ...marks, ...named, [PARENT_ID]: name, [DEFS]: others };
  }
  return document;
}

/** Takes nestjs-zod's suffix off the names of answers, unless a request's body has the name and another shape. After the clean-up. */
export function shortenOutputNames(document: OpenAPIObject): OpenAPIObject {
  const schemas = document.components?.schemas ?? {};
  const renames = new Map<string, string>();
  for (const name of Object.keys(schemas).filter((key) => key.endsWith(OUTPUT))) {
    const short = name.slice(0, -OUTPUT.length);
    if (!(short in schemas) || isDeepStrictEqual(withoutSuffix(schemas[name]), withoutSuffix(schemas[short]))) {
      renames.set(name, short);
    }
  }
  const renamed = renameRefs(document, renames) as OpenAPIObject;
  const entries = Object.entries(renamed.components?.schemas ?? {});
  return {
    ...renamed,
    components: {
      ...renamed.components,
      schemas: Object.fromEntries(entries.map(([name, schema]) => [renames.get(name) ?? name, schema])),
    },
  };
}

function withoutSuffix(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll(`${OUTPUT}"`, '"'));
}

function renameRefs(value: unknown, renames: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => renameRefs(item, renames));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (key !== '$ref' || typeof member !== 'string') return [key, renameRefs(member, renames)];
      const name = member.slice(COMPONENT_REF.length);
      return [key, COMPONENT_REF + (renames.get(name) ?? name)];
    }),
  );
}

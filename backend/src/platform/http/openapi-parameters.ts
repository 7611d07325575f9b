import type { OpenAPIObject } from '@nestjs/swagger';

interface Parameter {
  readonly name: string;
  readonly in: string;
}

interface Operation {
  parameters?: Parameter[];
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/**
 * What stands in braces in a path is a parameter of it. The generator knows only those that a handler takes; many are
 * read by guards, which decide about objects and rights before a handler's turn comes.
 */
export function describePathParameters(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    for (const method of METHODS) {
      const operation = item[method] as Operation | undefined;
      if (operation) complete(operation, names);
    }
  }
  return document;
}

function complete(operation: Operation, names: readonly string[]): void {
  const described = operation.parameters ?? [];
  const missing = names.filter((name) => !described.some((known) => known.in === 'path' && known.name === name));
  if (missing.length === 0) return;
  const added = missing.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  operation.parameters = [...added, ...described];
}

import { HttpAdapterHost } from '@nestjs/core';
import type { TestApi } from '../support/index.js';

/** A route as the router has it: `GET /api/sessions/:id` */
export interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** What the application serves, from the table by which its router decides. Middleware stands there under every method. */
export function routesOf(api: TestApi): Route[] {
  const router = api.get(HttpAdapterHost).httpAdapter.getInstance<{ router: { stack: readonly Layer[] } }>().router;
  return router.stack.flatMap(({ route }) => {
    if (!route || route.methods['trace'] === true) return [];
    return Object.keys(route.methods).map((method) => named(method.toUpperCase(), route.path));
  });
}

const named = (method: string, path: string): Route => ({ name: `${method} ${path}`, method, path });

/** What the contract describes, in the router's way of writing. */
export function describedRoutes(document: Contract): string[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
}

/** The statuses that the contract names for a route. */
export function describedStatuses(document: Contract, { method, path }: Route): number[] {
  const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  return Object.keys(operation?.responses ?? {}).map(Number);
}

export interface Contract {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, unknown>> }>>>
  >;
}

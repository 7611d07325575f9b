import { HttpAdapterHost } from '@nestjs/core';
import type { TestApi } from '../support/index.js';

export interface Route {
  readonly method: string;
  /** With names of parameters: `/api/sessions/:id`. */
  readonly path: string;
}

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Every route of a running api, from its router: what is not in here is not served. */
export function routesOf(api: TestApi): Route[] {
  const { router } = api.get(HttpAdapterHost).httpAdapter.getInstance<{ router: { stack: readonly Layer[] } }>();
  return router.stack.flatMap(({ route }) =>
    // Nest mounts middleware under every method that there is; nothing is served there.
    route && !route.methods['trace']
      ? Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path: route.path }))
      : [],
  );
}

/** The path with each parameter filled in. */
export function filled({ path }: Route, valueOf: (name: string) => string): string {
  return path.replace(/\/:([\w]+)/g, (_part, name: string) => `/${encodeURIComponent(valueOf(name))}`);
}

/** Does some work for each item, a few at a time. */
export async function forEachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

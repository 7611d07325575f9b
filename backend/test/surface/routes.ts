import type { Route } from '../rights/route-table.js';

export { type Route, routesOf } from '../rights/route-table.js';

/** The path with each parameter filled in. */
export function filled({ path }: Pick<Route, 'path'>, valueOf: (name: string) => string): string {
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

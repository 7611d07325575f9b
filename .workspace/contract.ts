import type { UserConfig } from '@hey-api/openapi-ts';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';
import { Stop } from './progress.mjs';

/**
 * The contract that the code describes is the one that is committed, and the committed client is made of it.
 * @throws Stop naming what differs
 */
export async function checkContract(): Promise<void> {
  const described = readFileSync(inRoot('dist/openapi.json'), 'utf8');
  if (described !== readFileSync(inRoot('backend/openapi.json'), 'utf8')) {
    throw new Stop(
      'backend/openapi.json is not what the code describes. Run npm run contract and commit what it changes.',
    );
  }
  const fresh = inRoot('dist/contract');
  rmSync(fresh, { recursive: true, force: true });
  const { createClient } = await import('@hey-api/openapi-ts');
  const { default: config } = await import('../frontend/sdk/openapi-ts.config.mjs');
  await createClient({
    plugins: config.plugins as UserConfig['plugins'],
    input: inRoot('backend/openapi.json'),
    output: { ...config.output, path: fresh },
    logs: { level: 'silent' },
  });
  const differing = differences(inRoot('frontend/sdk/src/generated'), fresh);
  if (differing.length === 0) return;
  throw new Stop(
    `The committed client differs from what is generated: ${differing.join(', ')}. Run npm run contract and commit what it changes.`,
  );
}

function differences(committed: string, fresh: string): string[] {
  const list = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const content = (folder: string, name: string): string | undefined => {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch {
      return undefined;
    }
  };
  const names = new Set([...list(committed), ...list(fresh)]);
  return [...names].filter((name) => content(committed, name) !== content(fresh, name)).sort();
}

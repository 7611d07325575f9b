import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../support/sources.js';

export const DOCKER = join(ROOT, 'docker');
export const NGINX = join(ROOT, 'nginx');
export const COMPOSE_FILE = join(DOCKER, 'compose.prod.yml');

/** Variables of an environment file, those that are commented out included. */
export function variablesOf(file: string): Map<string, string> {
  const lines = readFileSync(join(DOCKER, file), 'utf8').split('\n');
  const assignments = lines.map((line) => /^#?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line)).filter((match) => match !== null);
  return new Map(assignments.map(([, name = '', value = '']) => [name, value]));
}

/** The product's own sources, without what declares or tests its variables. */
export function productSources(): string {
  const folder = join(ROOT, 'backend', 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.spec\.ts$|^local\/|env\.schema\.ts$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

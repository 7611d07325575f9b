import { resolve } from 'node:path';
import { LocalServerError } from '../support/child.js';

/** What a person says at `npm start`. */
export interface Settings {
  /** Port of the page. */
  readonly port: number;
  /** Absolute path of the data folder. */
  readonly folder: string;
  /** Outside systems that are named by their URLs, and so are not brought up here. */
  readonly external: Readonly<Record<'postgres' | 'redis' | 'github' | 'model', boolean>>;
}

const DEFAULT_PORT = 3_000;

/** @throws LocalServerError */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const isSet = (...names: string[]): boolean => names.some((name) => (env[name] ?? '') !== '');
  return {
    port: portIn(env['PORT'] || String(DEFAULT_PORT)),
    folder: resolve(env['YUDAI_DATA'] || '.yudai'),
    external: {
      postgres: isSet('DATABASE_URL'),
      redis: isSet('REDIS_URL'),
      github: isSet('GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET', 'GITHUB_URL', 'GITHUB_API_URL'),
      model: isSet('LLM_BASE_URL', 'LLM_API_KEY', 'OPENROUTER_API_KEY'),
    },
  };
}

function portIn(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new LocalServerError(`PORT must be a number from 1 to 65535; it is "${text}".`);
}

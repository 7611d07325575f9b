import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from './data-folder.js';
import type { Ports } from './ports.js';
import type { Secrets } from './secrets.js';
import type { Settings } from './settings.js';
import type { ChildPlan } from './supervised-child.js';

const DIST = join(import.meta.dirname, '..', '..', '..');
const CLIENT = join(DIST, 'frontend', 'browser');
const CLIENT_ID = 'Iv1.local';

export interface Place {
  readonly settings: Settings;
  readonly folder: DataFolder;
  readonly secrets: Secrets;
  readonly ports: Ports;
}

/** Stand-ins for outside systems, and the environment that points the product at them. */
export interface Plans {
  /** What the product cannot start without. */
  readonly stores: readonly ChildPlan[];
  /** What it talks to later on. */
  readonly others: readonly ChildPlan[];
  readonly env: NodeJS.ProcessEnv;
}

const program = (...path: string[]): string => join(DIST, 'backend', ...path);

/** Plans a stand-in for each outside system that has no URL. */
export async function planServers(place: Place, env: NodeJS.ProcessEnv): Promise<Plans> {
  const { external } = place.settings;
  const stores = [
    ...(external.postgres ? [] : [await postgres(place)]),
    ...(external.redis ? [] : [await redis(place)]),
  ];
  const others = [
    ...(external.github ? [] : [await forge(place, env)]),
    ...(external.model ? [] : [await model(place)]),
  ];
  const pointers = Object.fromEntries([...stores, ...others].flatMap(({ pointers: of }) => Object.entries(of)));
  const [planOf, environment] = [({ plan: of }: Planned) => of, product(place, pointers, env)];
  return { stores: stores.map(planOf), others: others.map(planOf), env: environment };
}

interface Planned {
  readonly plan: ChildPlan;
  /** What the product is told about it. */
  readonly pointers: Readonly<Record<string, string>>;
}

async function postgres(place: Place): Promise<Planned> {
  const port = await place.ports.of('postgres');
  const args = [program('local/postgres/main.js'), join(place.folder.path, 'postgres'), String(port)];
  return {
    plan: plan(place, 'postgres', 'the database', args),
    pointers: { DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/postgres` },
  };
}

async function redis(place: Place): Promise<Planned> {
  const port = await place.ports.of('redis');
  const args = [program('local/redis/main.js'), join(place.folder.path, 'redis.snapshot'), String(port)];
  return { plan: plan(place, 'redis', 'the queue', args), pointers: { REDIS_URL: `redis://127.0.0.1:${port}` } };
}

async function forge(place: Place, { YUDAI_REPOS = '' }: NodeJS.ProcessEnv): Promise<Planned> {
  const { secrets, settings, folder } = place;
  const port = await place.ports.of('forge');
  const env = {
    FORGE_PORT: String(port),
    FORGE_DATA: join(folder.path, 'forge'),
    FORGE_CLIENT_ID: CLIENT_ID,
    FORGE_CLIENT_SECRET: secrets.forgeClientSecret,
    FORGE_WEBHOOK_SECRET: secrets.webhookSecret,
    FORGE_WEBHOOK_URL: `http://127.0.0.1:${settings.port}/api/github/webhooks`,
    YUDAI_REPOS,
  };
  const url = `http://127.0.0.1:${port}`;
  return {
    plan: plan(place, 'forge', 'the local forge', [program('local/forge/main.js')], env),
    pointers: {
      GITHUB_URL: url,
      GITHUB_API_URL: `${url}/api`,
      GITHUB_CLIENT_ID: CLIENT_ID,
      GITHUB_CLIENT_SECRET: secrets.forgeClientSecret,
      GITHUB_WEBHOOK_SECRET: secrets.webhookSecret,
      // Accounts of the forge; on GitHub these logins are anybody's.
      ADMIN_LOGINS: 'admin',
      AUDITOR_LOGINS: 'auditor',
    },
  };
}

async function model(place: Place): Promise<Planned> {
  const port = await place.ports.of('model');
  const { modelKey } = place.secrets;
  return {
    plan: plan(place, 'model', 'the local model', [program('local/model/main.js'), String(port)], {
      LLM_API_KEY: modelKey,
    }),
    pointers: {
      LLM_BASE_URL: `http://127.0.0.1:${port}/v1`,
      LLM_API_KEY: modelKey,
      LLM_MODEL: 'local/stand-in',
    },
  };
}

/** What the person says wins over what is made up here, except for where the page is: on loopback, at PORT. */
function product(place: Place, pointers: Record<string, string>, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { settings, secrets, folder } = place;
  const said = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  return {
    NODE_ENV: 'production',
    PUBLIC_URL: `http://localhost:${settings.port}`,
    SECRET_KEY: secrets.secretKey,
    GITHUB_WEBHOOK_SECRET: secrets.webhookSecret,
    DATA_DIR: folder.files,
    ...(existsSync(join(CLIENT, 'index.html')) ? { CLIENT_DIR: CLIENT } : {}),
    ...pointers,
    ...said,
    HOST: '127.0.0.1',
    PORT: String(settings.port),
  };
}

const WATCHED = [`--import=${program('local/support/watch-parent.js')}`];

export function planApi(place: Place, env: NodeJS.ProcessEnv): ChildPlan {
  return plan(place, 'api', 'the api', [...WATCHED, program('main.js')], env);
}

export function planWorker(place: Place, env: NodeJS.ProcessEnv): ChildPlan {
  return plan(place, 'worker', 'the worker', [...WATCHED, program('worker.js')], env);
}

/** Where the schema comes from. */
export const MIGRATIONS = join(DIST, 'migrations', 'run.js');

function plan(
  { folder }: Place,
  file: string,
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ChildPlan {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    name,
    args: ['--disable-warning=ExperimentalWarning', ...args],
    env: {
      PATH,
      HOME,
      ...(TMPDIR === undefined ? {} : { TMPDIR }),
      // Compiled code is kept for the next start.
      NODE_COMPILE_CACHE: folder.compiled,
      ...env,
    },
    log: join(folder.logs, `${file}.log`),
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { TestProcess } from './child-process.js';
import { embeddedDatabase, realDatabase, type Server } from './database.js';
import { reservePort } from './ports.js';
import { embeddedRedis, realRedis } from './redis.js';

/**
 * The servers behind a test file, its own: a migrated database and Redis (embedded, or on real servers when
 * TEST_DATABASE_URL and TEST_REDIS_URL are set), and on demand the forge and the model.
 *
 *     let stack: Stack; let api: TestApi; let member: ApiClient;
 *     beforeAll(async () => {
 *       stack = await startStack({ forge: true, model: true });
 *       api = await startApi(stack);          // in this process; `api.get(SomeService)` reaches inside
 *       await startWorker(stack);             // in this process; stopped with the stack
 *       member = await signIn(api, 'member'); // through the forge's OAuth
 *     });
 *     afterAll(() => stack.stop());           // stops everything that was started on it
 *
 * `spawnApi`/`spawnWorker` (processes.ts) run them as processes that a test may kill.
 */
export interface Stack {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** `http://127.0.0.1:…`; empty when the stack has none. */
  readonly forgeUrl: string;
  readonly modelUrl: string;
  /** Where the first api will listen; the forge sends its webhooks there. */
  readonly apiPort: number;
  /** The environment for the product. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder that goes when the stack stops. */
  readonly folder: string;
  /** Looks into the database, and changes it as an intruder would. */
  sql<T = Record<string, unknown>>(query: string, parameters?: unknown[]): Promise<T[]>;
  /** Work for `stop`, done before the servers end, the last one first. */
  onStop(work: () => Promise<unknown>): void;
  stop(): Promise<void>;
}

export interface StackOptions {
  readonly forge?: boolean;
  readonly model?: boolean;
  /** More for, or other than, the product's usual environment in tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Git repositories for the forge to serve beside its seed. */
  readonly repositories?: readonly string[];
}

export const CLIENT_ID = 'Iv1.test';
export const CLIENT_SECRET = 'a-client-secret-of-tests';
export const WEBHOOK_SECRET = 'a-webhook-secret-of-tests';
export const MODEL_KEY = 'sk-local-key-of-tests';
const NOBODY = 'http://127.0.0.1:9';

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'yudai-test-'));
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true, maxRetries: 3 })];
  const stop = async (): Promise<void> => {
    for (let work = stops.pop(); work; work = stops.pop()) await work();
  };
  try {
    const apiPort = await reservePort();
    const servers = await startServers(folder, apiPort, options, stops);
    const env = { ...productEnvironment(folder, servers), ...options.env };
    const source = new DataSource({
      type: 'postgres',
      url: servers.databaseUrl,
      poolSize: 2,
      installExtensions: false,
    });
    await source.initialize();
    stops.push(() => source.destroy());
    const sql = <T>(query: string, parameters?: unknown[]): Promise<T[]> => source.query<T[]>(query, parameters);
    return { ...servers, apiPort, env, folder, sql, onStop: (work) => void stops.push(work), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Servers = Pick<Stack, 'databaseUrl' | 'redisUrl' | 'forgeUrl' | 'modelUrl'>;

async function startServers(
  folder: string,
  apiPort: number,
  options: StackOptions,
  stops: (() => Promise<unknown>)[],
): Promise<Servers> {
  const { TEST_DATABASE_URL: realUrl, TEST_REDIS_URL: realRedisUrl } = process.env;
  const started = await Promise.allSettled([
    realUrl ? realDatabase(realUrl) : embeddedDatabase(folder),
    realRedisUrl ? realRedis(realRedisUrl) : embeddedRedis(folder),
    options.forge ? startForge(folder, apiPort, options.repositories ?? []) : nobody(),
    options.model ? startModel() : nobody(),
  ]);
  for (const server of started) if (server.status === 'fulfilled') stops.push(() => server.value.stop());
  const [databaseUrl, redisUrl, forgeUrl, modelUrl] = started.map(urlOf) as [string, string, string, string];
  return { databaseUrl, redisUrl, forgeUrl, modelUrl };
}

function urlOf(server: PromiseSettledResult<Server>): string {
  if (server.status === 'rejected') throw server.reason;
  return server.value.url;
}

function nobody(): Promise<Server> {
  return Promise.resolve({ url: '', stop: () => Promise.resolve() });
}

async function startForge(folder: string, apiPort: number, repositories: readonly string[]): Promise<Server> {
  const server = await TestProcess.start({
    file: 'backend/src/local/forge/main.ts',
    env: {
      FORGE_DATA: join(folder, 'forge'),
      FORGE_CLIENT_ID: CLIENT_ID,
      FORGE_CLIENT_SECRET: CLIENT_SECRET,
      FORGE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      FORGE_WEBHOOK_URL: `http://127.0.0.1:${apiPort}/api/github/webhooks`,
      YUDAI_REPOS: repositories.join(':'),
    },
  });
  return { url: `http://127.0.0.1:${server.port}`, stop: () => server.end() };
}

async function startModel(): Promise<Server> {
  const server = await TestProcess.start({ file: 'backend/src/local/model/main.ts', env: { LLM_API_KEY: MODEL_KEY } });
  return { url: `http://127.0.0.1:${server.port}`, stop: () => server.end() };
}

const LIMITS = ['SIGN_IN', 'WEBHOOKS', 'REPOSITORIES', 'SEARCH', 'CHAT', 'DRAFT', 'PUBLISH', 'SOLVE', 'DEFAULT'];

/** What is off here is off because a test would have to wait for it: rate limits, and the pause before looking again. */
function productEnvironment(folder: string, { databaseUrl, redisUrl, forgeUrl, modelUrl }: Servers) {
  return {
    HOST: '127.0.0.1',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'error',
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: '5',
    REDIS_URL: redisUrl,
    DATA_DIR: folder,
    SECRET_KEY: 'a secret key that is used by tests and by nothing else',
    GITHUB_URL: forgeUrl || NOBODY,
    GITHUB_API_URL: `${forgeUrl || NOBODY}/api`,
    GITHUB_CLIENT_ID: CLIENT_ID,
    GITHUB_CLIENT_SECRET: CLIENT_SECRET,
    GITHUB_WEBHOOK_SECRET: WEBHOOK_SECRET,
    GITHUB_SETTLE_SECONDS: '1',
    LLM_BASE_URL: `${modelUrl || NOBODY}/v1`,
    LLM_API_KEY: MODEL_KEY,
    LLM_MODEL: 'local/stand-in',
    ADMIN_LOGINS: 'admin',
    AUDITOR_LOGINS: 'auditor',
    SHUTDOWN_SECONDS: '5',
    ...Object.fromEntries(LIMITS.map((name) => [`LIMIT_${name}`, '100000'])),
  };
}

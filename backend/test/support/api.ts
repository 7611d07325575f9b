import type { INestApplicationContext, Type } from '@nestjs/common';
import { loadConfig } from '../../src/platform/config/config.js';
import { reservePort } from './ports.js';
import type { Stack } from './stack.js';

/** Whatever answers the product's HTTP. */
export interface Api {
  /** Origin of browsers and of the links that the api makes: `http://127.0.0.1:…` */
  readonly url: string;
}

/** An application of the product in this process; the stack stops it, if the test has not. */
export interface TestApp {
  /** A provider from inside. */
  get<T>(token: Type<T> | symbol): T;
  stop(): Promise<void>;
}

export interface TestApi extends Api, TestApp {}

/** Stacks whose reserved port is taken. */
const begun = new WeakSet<Stack>();

/** The port, and what follows from it, for one more api of a stack. */
export async function nextApiEnvironment(stack: Stack): Promise<Record<string, string>> {
  const port = begun.has(stack) ? await reservePort() : stack.apiPort;
  begun.add(stack);
  return { PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` };
}

/** The api exactly as run-api.ts runs it. Started again after `stop()`, it takes another port. */
export async function startApi(stack: Stack, env: Readonly<Record<string, string>> = {}): Promise<TestApi> {
  const own = { ...(await nextApiEnvironment(stack)), ...env };
  enter({ ...stack.env, ...own });
  const product = await import('../../src/start-api.js');
  const app = await product.startApi(loadConfig(process.env));
  return { url: `http://127.0.0.1:${own['PORT'] ?? ''}`, ...handle(stack, app) };
}

/** The worker exactly as run-worker.ts runs it. */
export async function startWorker(stack: Stack, env: Readonly<Record<string, string>> = {}): Promise<TestApp> {
  enter({ ...stack.env, PORT: String(stack.apiPort), PUBLIC_URL: `http://127.0.0.1:${stack.apiPort}`, ...env });
  const product = await import('../../src/start-worker.js');
  return handle(stack, await product.startWorker(loadConfig(process.env)));
}

/** The product reads its configuration from the process's environment, which Jest gives to each test file anew. */
function enter(env: Readonly<Record<string, string>>): void {
  Object.assign(process.env, env);
}

function handle(stack: Stack, app: INestApplicationContext): TestApp {
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= app.close());
  stack.onStop(stop);
  return { get: (token) => app.get(token, { strict: false }), stop };
}

import { type Api, nextApiEnvironment } from './api.js';
import { TestProcess } from './child-process.js';
import type { Stack } from './stack.js';

/** An api in a process of its own; `process.end('SIGKILL')` kills it, `process.lines` is its log. */
export async function spawnApi(
  stack: Stack,
  env: Readonly<Record<string, string>> = {},
): Promise<Api & { readonly process: TestProcess }> {
  const own = { ...stack.env, ...(await nextApiEnvironment(stack)), ...env };
  const process = await TestProcess.start({ file: 'backend/src/main.ts', env: own });
  stack.onStop(() => process.end());
  return { url: own['PUBLIC_URL'] ?? '', process };
}

/** A worker in a process of its own. */
export async function spawnWorker(stack: Stack, env: Readonly<Record<string, string>> = {}): Promise<TestProcess> {
  const url = `http://127.0.0.1:${stack.apiPort}`;
  const own = { ...stack.env, PORT: String(stack.apiPort), PUBLIC_URL: url, ...env };
  const process = await TestProcess.start({ file: 'backend/src/worker.ts', env: own });
  stack.onStop(() => process.end());
  return process;
}

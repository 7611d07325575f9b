import { type Api, nextApiEnvironment } from './api.js';
import { TestProcess } from './child-process.js';
import type { Stack } from './stack.js';

/** Tests run the sources. Where memory and pauses are measured, what was built is run, as operators run it: compiling takes both. */
const PROGRAMS = {
  sources: { api: 'backend/src/main.ts', worker: 'backend/src/worker.ts' },
  built: { api: 'dist/backend/main.js', worker: 'dist/backend/worker.js' },
} as const;

/** An api in a process of its own; `process.end('SIGKILL')` kills it, `process.lines` is its log. */
export async function spawnApi(
  stack: Stack,
  env: Readonly<Record<string, string>> = {},
  from: keyof typeof PROGRAMS = 'sources',
): Promise<Api & { readonly process: TestProcess }> {
  const own = { ...stack.env, ...(await nextApiEnvironment(stack)), ...env };
  const process = await TestProcess.start({ file: PROGRAMS[from].api, env: own });
  stack.onStop(() => process.end());
  return { url: own['PUBLIC_URL'] ?? '', process };
}

/** A worker in a process of its own. */
export async function spawnWorker(
  stack: Stack,
  env: Readonly<Record<string, string>> = {},
  from: keyof typeof PROGRAMS = 'sources',
): Promise<TestProcess> {
  const url = `http://127.0.0.1:${stack.apiPort}`;
  const own = { ...stack.env, PORT: String(stack.apiPort), PUBLIC_URL: url, ...env };
  const process = await TestProcess.start({ file: PROGRAMS[from].worker, env: own });
  stack.onStop(() => process.end());
  return process;
}

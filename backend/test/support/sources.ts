import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The workspace's root. */
export const ROOT = join(import.meta.dirname, '..', '..', '..');

/** Arguments for Node that run a source file of the workspace without a build. */
export function runsSource(file: string, ...args: string[]): string[] {
  const loader = pathToFileURL(join(ROOT, '.workspace', 'typescript.mjs')).href;
  return ['--disable-warning=ExperimentalWarning', `--import=${loader}`, join(ROOT, file), ...args];
}

/** Arguments for Node that run what was built, in the way in which operators run it. */
export function runsBuilt(file: string, ...args: string[]): string[] {
  return [join(ROOT, file), ...args];
}

/** An argument for Node: the process ends when whoever started it is gone, however that one died. Its input is a pipe. */
export const WATCHES_PARENT = `--import=${pathToFileURL(join(ROOT, 'backend/src/local/support/watch-parent.ts')).href}`;

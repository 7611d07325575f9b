import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const root = dirname(here);

/** Arguments for Node that run the backend's tests. */
export const jestCommand = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  // Threads and child processes of tests run the sources too.
  `--import=${pathToFileURL(join(here, 'typescript.mjs')).href}`,
  join(root, 'node_modules/jest/bin/jest.js'),
  `--config=${join(root, 'backend/jest.config.mjs')}`,
];

import { spawn } from 'node:child_process';
import { jestCommand, root } from './jest-command.mjs';

/**
 * The backend's tests: `node .workspace/jest.mjs [files and options of Jest]`.
 * On embedded servers, or on real ones when TEST_DATABASE_URL and TEST_REDIS_URL name them.
 */
const child = spawn(process.execPath, [...jestCommand, ...process.argv.slice(2)], { stdio: 'inherit', cwd: root });
child.once('close', (code) => (process.exitCode = code ?? 1));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));

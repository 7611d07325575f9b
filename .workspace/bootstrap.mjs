import { spawn } from 'node:child_process';
import { environmentWith, projectNode } from './node.mjs';
import { inRoot } from './paths.mjs';
import { follow, main } from './progress.mjs';
import { watchParent } from './watch-parent.mjs';

/**
 * Runs one of our scripts with the project's Node.js, bringing that first where the machine's is another.
 * @param {string} script
 */
export function withProjectNode(script) {
  watchParent();
  return main(async () => {
    const node = await projectNode();
    return runTo(node, [inRoot('.workspace', script), ...process.argv.slice(2)], environmentWith(node));
  });
}

/**
 * Hands terminal and signals to a program. The pipe at its standard input closes when we are killed.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code
 */
export function runTo(program, args, env) {
  return new Promise((resolve, reject) => {
    const watched = { ...env, YUDAI_WATCH_PARENT: '1' };
    const child = follow(spawn(program, args, { stdio: ['pipe', 'inherit', 'inherit'], env: watched }));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

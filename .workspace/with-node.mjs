import { spawn } from 'node:child_process';
import { environmentWith, projectNode } from './node.mjs';
import { ROOT } from './paths.mjs';
import { follow, main } from './progress.mjs';

/** `node .workspace/with-node.mjs program arguments…`: runs a program of the workspace with the project's Node.js. */
await main(async () => {
  const [program = 'node', ...args] = process.argv.slice(2);
  const node = await projectNode();
  const child = follow(spawn(program, args, { cwd: ROOT, stdio: 'inherit', env: environmentWith(node) }));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
});

import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run, Stop } from './progress.mjs';

/** npm's own program: the one that runs us, else the one on the path. */
function npmProgram() {
  const { npm_execpath: running = '', PATH = '' } = process.env;
  if (/npm-cli\.c?js$/.test(running) && existsSync(running)) return running;
  for (const folder of [...PATH.split(delimiter), dirname(process.execPath)]) {
    const file = join(folder, 'npm');
    if (folder !== '' && existsSync(file)) {
      const real = realpathSync(file);
      if (/\.c?js$/.test(real)) return real;
    }
  }
  throw new Stop(
    'npm is missing. It comes with Node.js (on Debian: apt-get install npm); install it and run the same command again.',
  );
}

/** @type {readonly (readonly [RegExp, string])[]} */
const REASONS = [
  [/ENOSPC/, 'The disk is full. Make room (about 2 GB are needed) and run the same command again; nothing is lost.'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/i,
    'The npm registry cannot be reached. Check the network (behind a proxy: npm config set proxy …) and run the same command again.',
  ],
  [
    /EINTEGRITY/,
    'A package is not what the lockfile says: its checksum differs. Nothing of it was run. Try npm cache clean --force.',
  ],
  [/EACCES|EPERM|EROFS/, 'npm may not write here. Give yourself the right to write in this folder and in ~/.npm.'],
];

/**
 * Runs npm under a given Node.
 * @param {string} node
 * @param {readonly string[]} args
 * @param {import('./progress.mjs').RunOptions & { what: string }} options `what` it is for
 * @throws Stop with what can be done about it
 */
export async function npm(node, args, { what, ...options }) {
  const program = npmProgram();
  const { code, lines } = await run(node, [program, ...args], options);
  if (code === 0) return lines;
  const text = lines.join('\n');
  const [, reason] = REASONS.find(([sign]) => sign.test(text)) ?? [];
  throw new Stop(reason ?? `${what} failed: npm ended with code ${code}.`, lines.slice(-20));
}

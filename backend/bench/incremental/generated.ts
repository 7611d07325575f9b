import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../src/platform/git/git.js';

const FUNCTIONS = 4;
const FILES_PER_FOLDER = 40;
const NOUNS = ['invoice', 'tenant', 'cursor', 'lease', 'digest', 'parcel', 'ledger', 'socket', 'branch', 'permit'];
const VERBS = ['merge', 'split', 'retry', 'encode', 'verify', 'release', 'collect', 'render', 'resolve', 'archive'];

/**
 * A bare repository of `files` modules of TypeScript, each of four functions, no two of them alike.
 * @returns its path, by which the forge names it `<owner>/<name>`
 */
export async function generatedRepository(owner: string, name: string, files: number): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'yudai-incremental-')), `${owner}+${name}`, 'repo');
  await mkdir(path, { recursive: true });
  await git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', path]);
  const head = 'commit refs/heads/main\ncommitter B <b@example.com> 1760000000 +0000\ndata 7\nModules\n';
  const entries = Array.from({ length: files }, (_, at) => {
    const content = moduleText(at);
    return `M 100644 inline ${modulePath(at)}\ndata ${Buffer.byteLength(content)}\n${content}\n`;
  });
  await git(['--git-dir', path, 'fast-import', '--quiet'], { input: `${head}${entries.join('')}`, seconds: 300 });
  return path;
}

const modulePath = (at: number): string => `src/part${Math.floor(at / FILES_PER_FOLDER)}/module${at}.ts`;

function moduleText(at: number): string {
  return Array.from({ length: FUNCTIONS }, (_, of) => functionText(at * FUNCTIONS + of)).join('\n');
}

function functionText(seed: number): string {
  const pick = (words: readonly string[], by: number): string => words[Math.floor(seed / by) % words.length] ?? '';
  const [verb, noun, other] = [pick(VERBS, 1), pick(NOUNS, 7), pick(NOUNS, 71)];
  return `/** Has the ${noun} ${seed} ${verb}d with what its ${other} says. */
export async function ${verb}${noun}${seed}(${noun}: Record<string, number>, ${other}Limit: number): Promise<number> {
  const before = ${noun}['${other}'] ?? ${seed % 97};
  if (before > ${other}Limit) throw new RangeError(\`the ${noun} is over its ${other} by \${before - ${other}Limit}\`);
  let total = ${seed};
  for (const [key, value] of Object.entries(${noun})) {
    if (key.startsWith('${verb}')) total += value * ${(seed % 13) + 1};
    else total -= Math.min(value, before);
  }
  await new Promise((resolve) => setTimeout(resolve, total % ${(seed % 29) + 2}));
  return total;
}
`;
}

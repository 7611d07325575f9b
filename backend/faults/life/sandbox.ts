import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TestProcess } from '../../test/support/index.js';
import { must, type Promised, type Run } from '../promise.js';

const KILLS = 40;
const GONE_MS = 2_000;
const LONGEST_MS = 60_000;
type Adapter = 'bubblewrap' | 'unshare';

export const lifeSandbox: Promised = {
  name: 'life.sandbox',
  promise: 'no command outlives a worker that is killed while its sandbox is set up',
  async run(at) {
    const tree = await mkdtemp(join(tmpdir(), 'yudai-faults-'));
    try {
      const figures: string[] = [];
      for (const adapter of ['bubblewrap', 'unshare'] as const)
        figures.push(`${adapter}: ${await kills(adapter, tree, at)}`);
      return figures.join('; ');
    } finally {
      await rm(tree, { recursive: true, force: true });
    }
  },
};

async function kills(adapter: Adapter, tree: string, { random, note }: Run): Promise<string> {
  let begun = 0;
  // The first time takes longer than all others.
  await setUp(adapter, tree);
  const setUpMs = await setUp(adapter, tree);
  for (let n = 1; n <= KILLS; n++) {
    const mark = markOf(n);
    const worker = await begin(adapter, tree, mark);
    await delay(random() * 2 * setUpMs);
    if (runs(mark)) begun++;
    await worker.end('SIGKILL');
    await delay(GONE_MS / 20);
    for (let waited = 0; waited < GONE_MS && runs(mark); waited += 50) await delay(50);
    must(!runs(mark), `${adapter}: a command outlives its worker`);
    if (n % 10 === 0) note(`${adapter}: ${n} kills, ${begun} of them when the command ran already`);
  }
  must(begun > 0 && begun < KILLS, `${adapter}: ${begun} of ${KILLS} kills fell when the command ran already`);
  return `${KILLS} kills, ${begun} of them when the command ran already, 0 commands left`;
}

const markOf = (n: number): string => `sleep ${60_000 + process.pid}.${n}`;

function begin(adapter: Adapter, tree: string, command: string): Promise<TestProcess> {
  const env = { ADAPTER: adapter, TREE: tree, COMMAND: command };
  return TestProcess.start({ file: 'backend/faults/life/sandbox-worker.ts', env });
}

/** How long it takes here until the command runs. */
async function setUp(adapter: Adapter, tree: string): Promise<number> {
  const mark = markOf(0);
  const worker = await begin(adapter, tree, mark);
  const began = performance.now();
  let ms = 0;
  for (; !runs(mark); ms = performance.now() - began) {
    must(ms < LONGEST_MS, `${adapter}: the command does not begin`);
    await delay(5);
  }
  await worker.end('SIGKILL');
  return ms;
}

/** Whether the command itself runs, not what sets its sandbox up. */
function runs(mark: string): boolean {
  const list = execFileSync('ps', ['-eo', 'stat,args'], { encoding: 'utf8' }).split('\n');
  return list.some((line) => !line.startsWith('Z') && line.replace(/^\S+\s+/, '').trim() === mark);
}

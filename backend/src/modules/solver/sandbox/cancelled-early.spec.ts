import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bubblewrap } from './bubblewrap.adapter.js';
import { ControlGroup } from './cgroup.js';
import { gated } from './confinement.js';
import { ProcessSandbox } from './process-sandbox.js';
import type { CommandResult, SandboxAdapter, SandboxLimits } from './sandbox.js';
import { unshare } from './unshare.adapter.js';

const LIMITS: SandboxLimits = { memoryMb: 512, diskMb: 32, processes: 64 };
const CANCELS = 100;

function installed(program: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
}

describe('a command that is cancelled while its confinement is set up', () => {
  let tree: string;
  beforeEach(async () => (tree = await mkdtemp(join(tmpdir(), 'yudai-sandbox-spec-'))));
  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(tree, { recursive: true, force: true });
  });

  const open = (adapter: SandboxAdapter): Promise<ProcessSandbox> =>
    ProcessSandbox.over(tree, { adapter, limits: LIMITS, node: process.execPath });

  async function setUpMs(adapter: SandboxAdapter): Promise<number> {
    const signal = new AbortController().signal;
    return (await (await open(adapter)).run('true', { seconds: 60, signal, onOutput: () => undefined })).durationMs;
  }

  async function run(adapter: SandboxAdapter, command: string, cancelAfterMs: number): Promise<CommandResult> {
    const sandbox = await open(adapter);
    const cancel = new AbortController();
    const running = sandbox.run(command, { seconds: 60, signal: cancel.signal, onOutput: () => undefined });
    await delay(cancelAfterMs);
    cancel.abort();
    return running;
  }

  describe.each<[string, SandboxAdapter, string]>([
    ['bubblewrap', bubblewrap, 'bwrap'],
    ['unshare', unshare, 'unshare'],
  ])('by %s', (_name, adapter, program) => {
    const where = installed(program) ? it : it.skip;

    where.each(['with a control group', 'without one'])('is over at once, %s', async (groups) => {
      if (groups === 'without one') jest.spyOn(ControlGroup, 'create').mockResolvedValue(undefined);
      const whole = await setUpMs(adapter);
      for (let n = 0; n < CANCELS; n++) {
        const result = await run(adapter, 'sleep 30', (whole * n) / CANCELS);
        expect(result.ended).toBe('cancelled');
      }
    });
  });

  it('does not begin when its confinement stands in the end', async () => {
    // What is set up leaves the process group and outlives who has begun it, as it may for a moment.
    const late: SandboxAdapter = {
      name: 'unshare',
      confine: ({ command }) => [
        '/bin/sh',
        '-c',
        'setsid "$@" & wait',
        'sh',
        '/bin/sh',
        '-c',
        'sleep 1; exec "$@"',
        'sh',
        ...gated(command),
      ],
    };
    jest.spyOn(ControlGroup, 'create').mockResolvedValue(undefined);
    const begun = join(tree, 'begun');
    expect((await run(late, `touch ${begun}`, 300)).ended).toBe('cancelled');
    expect(existsSync(begun)).toBe(false);
  });
});

import { spawnSync } from 'node:child_process';
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
const MOST_CANCELS = 100;
/** Of setting up, all together. */
const LONGEST_MS = 40_000;

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
    const sandbox = await open(adapter);
    const result = await sandbox.run('true', { seconds: 60, signal, onOutput: () => undefined });
    expect(result.exitCode).toBe(0);
    return result.durationMs;
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
    const where = spawnSync(program, ['--version']).error ? it.skip : it;

    where.each(['with a control group', 'without one'])('is over at once, %s', async (groups) => {
      if (groups === 'without one') jest.spyOn(ControlGroup, 'create').mockResolvedValue(undefined);
      const whole = await setUpMs(adapter);
      const cancels = Math.min(MOST_CANCELS, Math.ceil(LONGEST_MS / whole));
      for (let n = 0; n < cancels; n++) {
        const result = await run(adapter, 'sleep 50', (whole * n) / cancels);
        expect(result.ended).toBe('cancelled');
        expect(result.durationMs).toBeLessThan(50_000);
      }
    });
  });

  it('does not begin when its confinement stands in the end', async () => {
    jest.spyOn(ControlGroup, 'create').mockResolvedValue(undefined);
    const begun = join(tree, 'begun');
    expect((await run(escaping('sleep 1; exec "$@"'), `touch ${begun}`, 300)).ended).toBe('cancelled');
    expect(existsSync(begun)).toBe(false);
  });
});

describe('a command whose pipes somebody holds', () => {
  let tree: string;
  beforeEach(async () => {
    tree = await mkdtemp(join(tmpdir(), 'yudai-sandbox-spec-'));
    jest.spyOn(ControlGroup, 'create').mockResolvedValue(undefined);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(tree, { recursive: true, force: true });
  });

  async function run(script: string, seconds: number): Promise<CommandResult> {
    const adapter: SandboxAdapter = { name: 'unshare', confine: () => ['/bin/sh', '-c', script] };
    const sandbox = await ProcessSandbox.over(tree, { adapter, limits: LIMITS, node: process.execPath });
    const signal = new AbortController().signal;
    return sandbox.run('', { seconds, signal, onOutput: () => undefined });
  }

  it('is over when its time is', async () => {
    const result = await run('setsid sleep 30 & sleep 0.3', 1);
    expect(result.ended).toBe('timeout');
    expect(result.durationMs).toBeLessThan(30_000);
  });

  it('is over when that kills what has begun it and no more', async () => {
    const result = await run('(setsid sleep 30 & wait) & wait', 1);
    expect(result.ended).toBe('timeout');
    expect(result.durationMs).toBeLessThan(30_000);
  });

  it('is over when it is killed from elsewhere, with those that it has begun', async () => {
    const result = await run('sleep 30 & kill -9 $$', 20);
    expect(result).toMatchObject({ exitCode: 137 });
    expect(result.ended).toBeUndefined();
  });
});

/** Begins something that nobody can find any more when what has begun it is killed. */
function escaping(script: string): SandboxAdapter {
  return {
    name: 'unshare',
    confine: ({ command }) => [
      '/bin/sh',
      '-c',
      '(setsid "$@" & wait) & wait',
      'sh',
      '/bin/sh',
      '-c',
      script,
      'sh',
      ...gated(command),
    ],
  };
}

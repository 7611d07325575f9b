import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newId } from '../../../platform/database/ids.js';
import { ControlGroup } from './cgroup.js';

const LIMITS = { memoryMb: 64, diskMb: 1, processes: 8 };

/** State and parent of a process; nothing when there is none. */
function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    return [];
  }
}
const isThere = (pid: number): boolean => !['Z', undefined].includes(statOf(pid)[0]);

/** A process whose parent has ended. */
function orphan(): number {
  const begin = 'setsid sleep 300 >/dev/null 2>&1 & echo $!';
  return Number(execFileSync('/bin/sh', ['-c', begin], { encoding: 'utf8' }));
}

const PROBE = `
  const { ControlGroup } = await import(process.env.CGROUP);
  const group = await ControlGroup.create('probe', { memoryMb: 64, diskMb: 1, processes: 8 });
  await group?.remove();
  process.exitCode = group ? 0 : 1;
`;

/** Only root may make groups, and not in every container; under some terminals it is not init that gets orphans. */
function isPossible(): boolean {
  const pid = orphan();
  const parent = statOf(pid)[1];
  process.kill(pid, 'SIGKILL');
  const url = (path: string): string => pathToFileURL(join(import.meta.dirname, path)).href;
  const typescript = url('../../../../../.workspace/typescript.mjs');
  const env = { ...process.env, CGROUP: url('cgroup.ts') };
  const args = ['--import', typescript, '--input-type=module', '--eval', PROBE];
  return parent === '1' && spawnSync(process.execPath, args, { env }).status === 0;
}
const where = isPossible() ? describe : describe.skip;

where('a control group that has been there for a while', () => {
  let group: ControlGroup;
  beforeEach(async () => {
    const made = await ControlGroup.create(newId(), LIMITS);
    if (!made) throw new Error('no control group could be made any more');
    group = made;
  });
  afterEach(() => group.remove());

  async function sweepWith(pid: number): Promise<void> {
    for (const file of group.memberFiles) {
      await writeFile(file, String(pid));
      await utimes(dirname(file), 0, 0);
    }
    await ControlGroup.sweep();
  }

  it('goes, with what a killed worker has left in it', async () => {
    const pid = orphan();
    await sweepWith(pid);
    expect(group.memberFiles.some((file) => existsSync(file))).toBe(false);
    expect(isThere(pid)).toBe(false);
  });

  it('stays while a worker waits for what it has begun in it', async () => {
    const { pid = 0 } = spawn('sleep', ['300']);
    await sweepWith(pid);
    expect(group.memberFiles.every((file) => existsSync(file))).toBe(true);
    expect(isThere(pid)).toBe(true);
  });
});

import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { bubblewrap } from './bubblewrap.adapter.js';
import { ControlGroup } from './cgroup.js';
import { ProcessSandbox } from './process-sandbox.js';
import type { CommandResult, SandboxAdapter, SandboxLimits } from './sandbox.js';
import { unshare } from './unshare.adapter.js';

const LIMITS: SandboxLimits = { memoryMb: 512, diskMb: 32, processes: 64 };

/** A worker of which nothing is left to clean up after itself. */
const WORKER = `
  const { HERE, ADAPTER, TREE, COMMAND } = process.env;
  const { [ADAPTER]: adapter } = await import(HERE + '/' + ADAPTER + '.adapter.ts');
  const { ProcessSandbox } = await import(HERE + '/process-sandbox.ts');
  const limits = { memoryMb: 512, diskMb: 32, processes: 64 };
  const sandbox = await ProcessSandbox.over(TREE, { adapter, limits, node: process.execPath });
  await sandbox.run(COMMAND, { seconds: 60, signal: new AbortController().signal, onOutput() {} });
`;

function installed(program: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
}

/** Processes of the machine whose command line holds `text`. */
function processesWith(text: string): string[] {
  const list = execFileSync('ps', ['-eo', 'pid,stat,args'], { encoding: 'utf8' }).split('\n');
  return list.filter((line) => line.includes(text) && !/^\s*\d+\s+Z/.test(line) && !line.includes('ps -eo'));
}

describe.each<[string, SandboxAdapter, string]>([
  ['bubblewrap', bubblewrap, 'bwrap'],
  ['unshare', unshare, 'unshare'],
])('sandbox by %s', (_name, adapter, program) => {
  const where = installed(program) ? describe : describe.skip;
  let tree: string;
  let output: string;

  beforeEach(async () => {
    tree = await mkdtemp(join(tmpdir(), 'yudai-sandbox-spec-'));
    output = '';
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(tree, { recursive: true, force: true });
  });

  async function run(
    command: string,
    options: { seconds?: number; signal?: AbortSignal } = {},
  ): Promise<CommandResult> {
    const sandbox = await ProcessSandbox.over(tree, { adapter, limits: LIMITS, node: process.execPath });
    return sandbox.run(command, {
      seconds: options.seconds ?? 20,
      signal: options.signal ?? new AbortController().signal,
      onOutput: (_stream, text) => {
        output += text;
      },
    });
  }

  where('what it allows', () => {
    it('runs a command in the work tree and reports its output and exit code', async () => {
      const result = await run('echo hello > made && cat made && node -e "console.log(6*7)"; exit 3');
      expect(output).toBe('hello\n42\n');
      expect(result.exitCode).toBe(3);
      expect(await readFile(join(tree, 'made'), 'utf8')).toBe('hello\n');
    });
  });

  where('what it keeps in', () => {
    it('reaches no network, not even of the machine itself', async () => {
      const server = createServer((socket) => socket.end('reached'));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const result = await run(`exec 3<>/dev/tcp/127.0.0.1/${port} && cat <&3`);
      server.close();
      expect(result.exitCode).not.toBe(0);
      expect(output).not.toContain('reached');
    });

    it('sees no file of the host and can change nothing but the work tree', async () => {
      const outside = await mkdtemp(join(tmpdir(), 'yudai-outside-'));
      await writeFile(join(outside, 'secret'), 'canary');
      await run(
        `cat ${outside}/secret /etc/shadow /root/.ssh/id_rsa; ls /home /root; touch /usr/bin/planted /etc/planted /planted; rm -rf ${outside}`,
      );
      expect(output).not.toContain('canary');
      expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('canary');
      expect(processesWith('/planted')).toEqual([]);
      await rm(outside, { recursive: true });
    });

    it('has nothing of the worker in its environment, nor in that of its first process', async () => {
      process.env['YUDAI_CANARY'] = 'canary-value';
      await run('env; cat /proc/1/environ /proc/self/environ 2>/dev/null | tr "\\0" "\\n"');
      delete process.env['YUDAI_CANARY'];
      expect(output).not.toContain('canary-value');
      expect(output).toContain('HOME=/tmp');
    });

    it('sees only its own processes and cannot signal those of the host', async () => {
      await run('ls -d /proc/[0-9]* | wc -l; kill -9 -1 2>&1; echo survived-or-not');
      expect(Number(output.split('\n')[0])).toBeLessThan(12);
    });

    it('cannot make namespaces, mount, or use the kernel keyring of the host', async () => {
      await run('unshare -Ur id; mount -t tmpfs x /tmp; echo done');
      expect(output).not.toMatch(/uid=0\(root\)/);
      expect(output).toContain('done');
    });
  });

  where('what it bounds', () => {
    it('ends a command whose time is up', async () => {
      const result = await run('sleep 60', { seconds: 1 });
      expect(result.ended).toBe('timeout');
    });

    it('V4: leaves no process when cancelled: a detached child that ignores SIGTERM is gone within 5 s', async () => {
      const mark = `sleep 98${process.pid}`;
      const cancel = new AbortController();
      const running = run(
        `(setsid bash -c 'trap "" TERM HUP INT; ${mark} & ${mark}' >/dev/null 2>&1 &) ; echo started; sleep 50`,
        {
          signal: cancel.signal,
          seconds: 60,
        },
      );
      while (!output.includes('started') || processesWith(mark).length === 0) await delay(50);
      cancel.abort();
      const result = await running;
      const gone = Date.now() + 5_000;
      while (processesWith(mark).length > 0 && Date.now() < gone) await delay(50);
      expect(result.ended).toBe('cancelled');
      expect(processesWith(mark)).toEqual([]);
    });

    it('leaves no process when cancelled, where there is no control group and the command goes its own way', async () => {
      jest.spyOn(ControlGroup, 'create').mockResolvedValue(undefined);
      const mark = `sleep 95${process.pid}`;
      const cancel = new AbortController();
      const running = run(`exec setpriv --pdeathsig clear setsid ${mark} >/dev/null 2>&1`, { signal: cancel.signal });
      while (!processesWith(mark).some((line) => line.endsWith(` ${mark}`) && !line.includes('setpriv')))
        await delay(50);
      cancel.abort();
      expect((await running).ended).toBe('cancelled');
      const gone = Date.now() + 5_000;
      while (processesWith(mark).length > 0 && Date.now() < gone) await delay(50);
      expect(processesWith(mark)).toEqual([]);
    });

    it('leaves no process behind a command that ended by itself', async () => {
      const mark = `sleep 97${process.pid}`;
      await run(`(setsid ${mark} >/dev/null 2>&1 &); echo done`);
      const gone = Date.now() + 5_000;
      while (processesWith(mark).length > 0 && Date.now() < gone) await delay(50);
      expect(processesWith(mark)).toEqual([]);
    });

    it('leaves no process when the worker is killed', async () => {
      const mark = `sleep 96${process.pid}`;
      const here = (name: string): string => pathToFileURL(join(import.meta.dirname, name)).href;
      const worker = spawn(
        process.execPath,
        ['--import', here('../../../../../.workspace/typescript.mjs'), '--input-type=module', '--eval', WORKER],
        {
          env: {
            ...process.env,
            HERE: here('.'),
            ADAPTER: adapter.name,
            TREE: tree,
            COMMAND: `setsid ${mark} & ${mark}`,
          },
        },
      );
      // Once the command itself runs; before, its text stands in the arguments of what sets the sandbox up.
      while (!processesWith(mark).some((line) => line.endsWith(` ${mark}`) && !line.includes('bash'))) await delay(50);
      worker.kill('SIGKILL');
      const gone = Date.now() + 5_000;
      while (processesWith(mark).length > 0 && Date.now() < gone) await delay(50);
      expect(processesWith(mark)).toEqual([]);
    });

    it('survives a fork bomb', async () => {
      const result = await run(':(){ :|:& };:; sleep 1; echo over', { seconds: 8 });
      expect([0, 1, 137, 143, 254, 255]).toContain(result.exitCode);
      expect((await run('echo next')).exitCode).toBe(0);
      expect(output).toContain('next');
    });

    it('gives a command no more memory than its share', async () => {
      const result = await run(
        'node -e "const a=[]; for(let i=0;i<64;i++) a.push(Buffer.alloc(64*1024*1024, 1)); console.log(\'had it all\')"',
        { seconds: 30 },
      );
      expect(output).not.toContain('had it all');
      expect(result.ended).toBeUndefined();
    });

    it('stops a command that fills the disk', async () => {
      const result = await run('for i in $(seq 200); do head -c 4M /dev/zero > big$i; sleep 0.05; done', {
        seconds: 30,
      });
      expect(result.ended ?? result.exitCode).not.toBe(0);
      expect(result.ended).toBe('disk');
    });

    it('bounds the private /tmp', async () => {
      const result = await run('head -c 64M /dev/zero > /tmp/big');
      expect(result.exitCode).not.toBe(0);
    });
  });
});

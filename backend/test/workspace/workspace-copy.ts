import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { ROOT } from '../support/sources.js';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly lastLine: string;
}

export interface Machine {
  /** What npm does, as a program; the real one is not called. */
  readonly npm?: string;
  readonly version?: string;
  readonly platform?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The workspace's scripts in a folder of their own, on a machine that is as a test wants it to be. */
export class WorkspaceCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'yudai-workspace-'));

  constructor() {
    for (const name of ['.workspace', '.node-version', '.npmrc', 'package.json', 'package-lock.json']) {
      cpSync(join(ROOT, name), this.path(name), { recursive: true });
    }
    mkdirSync(this.path('machine'));
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Runs one of our scripts to its end. */
  run(script: string, args: readonly string[], machine: Machine): Ended {
    writeFileSync(this.path('machine/npm-cli.js'), machine.npm ?? 'process.exit(99)');
    writeFileSync(this.path('machine/package.json'), '{"type":"commonjs"}');
    const facts = { version: machine.version ?? process.version, platform: machine.platform ?? process.platform };
    const pretend = `for (const [name, value] of Object.entries(${JSON.stringify(facts)})) Object.defineProperty(process, name, { value });`;
    const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', preload, this.path('.workspace', script), ...args],
      {
        cwd: this.folder,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], npm_execpath: this.path('machine/npm-cli.js'), ...machine.env },
      },
    );
    const output = stdout + stderr;
    return { code: status, output, lastLine: output.trimEnd().split('\n').at(-1) ?? '' };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../test/support/sources.js';
import { type Guard, takenOut } from './guard.js';

const exec = promisify(execFile);
const SHARED = ['node_modules', 'dist', '.node'];
const MINUTES_5 = 300_000;
/** How a test says that something is not as expected, or does not come about; colours may stand in between. */
const EXPECTATION = /^(?:Error: (?:\S*expect\(|gave up waiting for )|AssertionError: )/;
/** Nx without a process of its own that stays, and without questions. */
const ENVIRONMENT = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_NO_CLOUD: 'true',
  NG_CLI_ANALYTICS: 'false',
};
const CLIENT = /^frontend\/src\//;

/** How the tests of a name went: `red` are those that failed because of an expectation. */
export interface Outcome {
  readonly passed: number;
  readonly red: number;
  /** Failed for another reason: a file that did not load, a server that did not start. */
  readonly broken: number;
}

/** What Jest says of a test that was chosen. */
export interface Ran {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly Ran[] }[];
}

/** A copy of the sources, in which guards may be taken out while people go on working. */
export class Checkout {
  private constructor(private readonly folder: string) {}

  static async make(): Promise<Checkout> {
    const folder = await mkdtemp(join(tmpdir(), 'yudai-calibrate-'));
    const list = ['-C', ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const { stdout } = await exec('git', list, { maxBuffer: 2 ** 26 });
    for (const path of stdout.split('\0').filter(Boolean)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await cp(join(ROOT, path), join(folder, path), { force: true }).catch(ifGone);
    }
    for (const name of SHARED) await symlink(join(ROOT, name), join(folder, name));
    return new Checkout(folder);
  }

  /** Runs the tests of guards, which are all in one spec, with each guard in its place. */
  with(test: string, guards: readonly Guard[]): Promise<Ran[]> {
    return this.run(test, guards.map(({ named }) => `(?:${named})`).join('|'));
  }

  /** Runs a guard's tests with the guard taken out, and puts the guard back. */
  async without(guard: Guard): Promise<Ran[]> {
    const file = join(this.folder, guard.file);
    const source = await readFile(file, 'utf8');
    await writeFile(file, takenOut(source, guard));
    try {
      return await this.run(guard.test, guard.named);
    } finally {
      await writeFile(file, source);
    }
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  private async run(test: string, named: string): Promise<Ran[]> {
    const report = join(this.folder, 'report.json');
    await rm(report, { force: true });
    const args = [...(CLIENT.test(test) ? clientRun(test, named) : serverRun(test, named)), '--outputFile', report];
    const options = { cwd: this.folder, timeout: MINUTES_5, maxBuffer: 2 ** 26, env: ENVIRONMENT };
    // It ends with an error when a test fails, which is what is hoped for; the report tells what happened.
    const failure = await exec(process.execPath, args, options).then(
      () => undefined,
      (error: unknown) => error,
    );
    const text = await readFile(report, 'utf8').catch(() => '');
    if (text === '') throw new Error(`${test} left no report`, { cause: failure });
    return (JSON.parse(text) as Report).testResults.flatMap(({ assertionResults }) => assertionResults);
  }
}

/** Tests of the server, by Jest. */
function serverRun(test: string, named: string): string[] {
  return ['.workspace/jest.mjs', test, '--testNamePattern', named, '--json', '--silent'];
}

/** Tests of the client, by Vitest, which reports in the form of Jest. */
function clientRun(test: string, named: string): string[] {
  const nx = ['node_modules/nx/dist/bin/nx.js', 'run', 'frontend:test', '--skip-nx-cache', '--outputStyle=stream'];
  return [...nx, `--include=${test.replace(CLIENT, '')}`, `--filter=${named}`, '--reporters=json'];
}

/** Of the tests that ran, those of a guard; a name is chosen as Jest chooses it. */
export function outcomeFor({ named }: Guard, ran: readonly Ran[]): Outcome {
  const tests = ran.filter(({ fullName }) => new RegExp(named, 'i').test(fullName));
  const failed = tests.filter(({ status }) => status === 'failed');
  const red = failed.filter(({ failureMessages }) => failureMessages.some((text) => EXPECTATION.test(text))).length;
  return { passed: tests.filter(({ status }) => status === 'passed').length, red, broken: failed.length - red };
}

/** A file that was listed and then deleted is not copied. */
function ifGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

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
/** How Jest begins to say that something is not as expected; colours may stand in between. */
const EXPECTATION = /^Error: \S*expect\(/;

/** How the tests of a name went: `red` are those that failed because of an expectation. */
export interface Outcome {
  readonly passed: number;
  readonly red: number;
  /** Failed for another reason: a file that did not load, a server that did not start. */
  readonly broken: number;
  readonly skipped: number;
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
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

  /** Runs a guard's test with the guard in its place. */
  with({ test, named }: Guard): Promise<Outcome> {
    return this.run(test, named);
  }

  /** Runs it with the guard taken out, and puts the guard back. */
  async without(guard: Guard): Promise<Outcome> {
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

  private async run(test: string, named: string): Promise<Outcome> {
    const report = join(this.folder, 'report.json');
    await rm(report, { force: true });
    const args = [
      '.workspace/jest.mjs',
      test,
      '--testNamePattern',
      named,
      '--json',
      '--outputFile',
      report,
      '--silent',
    ];
    const options = { cwd: this.folder, timeout: MINUTES_5, maxBuffer: 2 ** 26 };
    // Jest ends with an error when a test fails, which is what is hoped for; the report tells what happened.
    const failure = await exec(process.execPath, args, options).then(
      () => undefined,
      (error: unknown) => error,
    );
    const text = await readFile(report, 'utf8').catch(() => '');
    if (text === '') throw new Error(`${test} left no report`, { cause: failure });
    return outcomeOf(JSON.parse(text) as Report);
  }
}

function outcomeOf({ testResults }: Report): Outcome {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === 'failed');
  const red = failed.filter(({ failureMessages }) => failureMessages.some((text) => EXPECTATION.test(text))).length;
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    red,
    broken: failed.length - red,
    skipped: tests.filter(({ status }) => status === 'todo').length,
  };
}

/** A file that was listed and then deleted is not copied. */
function ifGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

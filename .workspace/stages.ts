import { mkdirSync, rmSync } from 'node:fs';
import { checkContract } from './contract.ts';
import { jestCommand } from './jest-command.mjs';
import { inRoot, ROOT } from './paths.mjs';
import { buildEnvironment, nx } from './prepare.ts';
import { type Ended, must, run, say } from './progress.mjs';
import { NOTHING, type Results, readJestReport, readPlainReport } from './results.ts';

const REPORTS = inRoot('dist/test-results');
const FAILURE_LINES = 40;
const LIBRARY_FRAME = /^\s+at .*(node_modules|node:internal|processTicks)/;
const TYPED = ['backend', 'frontend/tsconfig.spec.json', 'frontend/tsconfig.e2e.json', '.workspace'];
const FORMATTED = '**/*.{ts,mjs,cjs,json,html,css,scss}';

const report = (name: string): string => {
  mkdirSync(REPORTS, { recursive: true });
  const file = `${REPORTS}/${name}.json`;
  rmSync(file, { force: true });
  return file;
};

const tsc = (project: string): string[] => ['node_modules/typescript/bin/tsc', '-p', project, '--noEmit'];

type Note = (text: string) => void;

interface Named {
  readonly name: string;
  /** For people. */
  readonly what: string;
}

/** Passes or throws. */
interface Check extends Named {
  check(note: Note): Promise<unknown>;
}

/** Resolves to the numbers of its tests, among them those that this machine has no program for: skipped, never passed. */
interface Suite extends Named {
  suite(note: Note): Promise<Results>;
}

export type Stage = Check | Suite;

/** What `npm test` looks at, in this order. */
export const stages: readonly Stage[] = [
  {
    name: 'types',
    what: 'Types',
    async check(note) {
      for (const project of TYPED) {
        note(project);
        await must(`Types of ${project}`, process.execPath, tsc(project), { cwd: ROOT });
      }
    },
  },
  {
    name: 'format',
    what: 'Format',
    async check() {
      const args = ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', FORMATTED];
      await must('The format check (npx prettier --write does it)', process.execPath, args, { cwd: ROOT });
    },
  },
  {
    name: 'lint',
    what: 'Lint, with its canaries',
    check: (note) => nx(['run-many', '-t', 'lint'], 'The linter', note),
  },
  {
    name: 'contract',
    what: 'Contract and client',
    async check(note) {
      await nx(['run', 'backend:openapi'], 'Describing the contract', note);
      await checkContract();
    },
  },
  {
    name: 'size',
    what: "Size of the client's build",
    check: (note) => nx(['run', 'frontend:size'], 'The size check', note),
  },
  {
    name: 'backend',
    what: 'Backend',
    async suite(note) {
      const file = report('backend');
      const args = [...jestCommand, '--ci', '--json', `--outputFile=${file}`];
      return outcome(await run(process.execPath, args, { cwd: ROOT, note }), readJestReport(file));
    },
  },
  {
    name: 'frontend',
    what: 'Frontend',
    async suite(note) {
      const file = report('frontend');
      const program = [
        'node_modules/nx/dist/bin/nx.js',
        'run',
        'frontend:test',
        '--reporters=json',
        `--outputFile=${file}`,
      ];
      const args = [...program, '--skip-nx-cache', '--outputStyle=stream'];
      return outcome(
        await run(process.execPath, args, { cwd: ROOT, env: buildEnvironment(), note }),
        readJestReport(file),
      );
    },
  },
  {
    name: 'e2e',
    what: 'Browser',
    async suite(note) {
      const file = report('e2e');
      const env = { ...buildEnvironment(), RESULTS_FILE: file };
      return outcome(
        await run(process.execPath, ['frontend/e2e/run.ts'], { cwd: ROOT, env, note }),
        readPlainReport(file),
      );
    },
  },
];

/** A runner that wrote no report, or that failed without a failing test, is a failure itself. */
function outcome({ code, lines }: Ended, results: Results | undefined): Results {
  if (results && (code === 0 || results.failed > 0)) return results;
  const said = lines.slice(-FAILURE_LINES).join('\n');
  const failure = `The runner ended with code ${code}${results ? '' : ' and left no report'}.\n${said}`;
  return { ...(results ?? NOTHING), failed: 1, failures: [failure] };
}

export function showFailures(failures: readonly string[]): void {
  for (const failure of failures) {
    const lines = failure.split('\n').filter((line) => !LIBRARY_FRAME.test(line));
    for (const line of lines.slice(0, FAILURE_LINES)) say(`    ${line}`);
  }
}

import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { checkContract } from './contract.mjs';
import { jestCommand } from './jest-command.mjs';
import { inRoot, ROOT } from './paths.mjs';
import { buildEnvironment, nx } from './prepare.mjs';
import { must, run, say } from './progress.mjs';
import { nothing, readJestReport, readPlainReport } from './results.mjs';

const REPORTS = inRoot('dist/test-results');
const FAILURE_LINES = 40;
const LIBRARY_FRAME = /^\s+at .*(node_modules|node:internal|processTicks)/;
const FORMATTED = '**/*.{ts,mjs,cjs,json,html,css,scss}';

const report = (name) => {
  mkdirSync(REPORTS, { recursive: true });
  const file = `${REPORTS}/${name}.json`;
  rmSync(file, { force: true });
  return file;
};

const tsc = (project) => ['node_modules/typescript/bin/tsc', '-p', project, '--noEmit'];

/**
 * What `npm test` looks at. A check passes or throws; a suite resolves to the numbers of its tests, among
 * them those that this machine has no program for: skipped, never passed.
 */
export const stages = [
  {
    name: 'types',
    what: 'Types',
    async check(note) {
      const projects = ['backend', 'frontend/tsconfig.spec.json', 'frontend/tsconfig.e2e.json'].filter((path) =>
        existsSync(inRoot(path)),
      );
      for (const project of projects) {
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
function outcome({ code, lines }, results) {
  if (!results)
    return {
      ...nothing(),
      failed: 1,
      failures: [`No report; the runner ended with code ${code}.\n${lines.slice(-FAILURE_LINES).join('\n')}`],
    };
  if (code !== 0 && results.failed === 0) {
    return {
      ...results,
      failed: 1,
      failures: [`The runner ended with code ${code}.\n${lines.slice(-FAILURE_LINES).join('\n')}`],
    };
  }
  return results;
}

export function showFailures(failures) {
  for (const failure of failures) {
    const lines = failure.split('\n').filter((line) => !LIBRARY_FRAME.test(line));
    for (const line of lines.slice(0, FAILURE_LINES)) say(`    ${line}`);
  }
}

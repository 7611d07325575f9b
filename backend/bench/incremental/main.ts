import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { git } from '../../src/platform/git/git.js';
import { spawnApi, spawnWorker, startStack } from '../../test/support/index.js';
import { type Figure, median, table } from '../figure.js';
import { repositoryAt } from '../retrieval/corpus.js';
import { generatedRepository } from './generated.js';
import { type Cost, Watched } from './watched.js';

/**
 * `npm run bench:incremental`: what a repository costs to read for the first time, and what a push of one changed file, a second
 * branch and a second user cost after that. `--files N` (2400) of a generated repository, or `--repo DIR`, a bare clone of a real one
 * at its head; `--pushes N` (5). On the servers that TEST_DATABASE_URL and TEST_REDIS_URL name, or on embedded ones.
 */
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '2400' },
    repo: { type: 'string' },
    pushes: { type: 'string', default: '5' },
  },
});
const [OWNER, NAME] = ['bench', 'incremental'];
const say = (line: string): void => void process.stdout.write(`• ${line}\n`);

const path = await (values.repo
  ? copyOf(resolve(values.repo))
  : generatedRepository(OWNER, NAME, Number(values.files)));
const stack = await startStack({ forge: true, repositories: [path] });
try {
  const api = await spawnApi(stack);
  await spawnWorker(stack);
  const watched = new Watched(stack, api, OWNER, NAME);
  say(`reading ${values.repo ?? `${values.files} generated files`} for the first time`);
  const full = await watched.open('member', 'main');
  const changed = await someFile(path, full.snapshotId);
  say(`${full.files} files, ${full.chunks} chunks; pushing changes of ${changed.path} (${changed.chunks} chunks)`);
  const pushes: Cost[] = [];
  let text = changed.text;
  while (pushes.length < Number(values.pushes)) {
    const lines = changed.text.split('\n');
    lines.splice(Math.floor(lines.length / 2), 0, `// changed ${pushes.length + 1}`);
    text = lines.join('\n');
    pushes.push(await watched.push('main', { [changed.path]: text }));
  }
  say('reading a second branch, and the first one for a second user');
  await watched.commit('second', { [`copied/${basename(changed.path)}`]: text });
  const branch = await watched.open('member', 'second');
  const user = await watched.open('admin', 'main');
  const reference = { what: 'the first time', value: full.seconds };
  const push = median(pushes.map(({ seconds }) => seconds));
  const figures: Figure[] = [
    {
      what: `push of one changed file of ${full.files}, median of ${pushes.length}`,
      value: push,
      unit: 's',
      reference,
    },
    { what: '  of it, the run itself', value: median(pushes.map(({ run }) => run)), unit: 's', reference },
    { what: '  texts embedded', value: median(pushes.map(({ embedded }) => embedded)), unit: 'texts' },
    { what: 'a second branch', value: branch.seconds, unit: 's', reference },
    { what: '  texts embedded', value: branch.embedded, unit: 'texts' },
    { what: 'a second user', value: user.seconds, unit: 's', reference },
    { what: '  texts embedded', value: user.embedded, unit: 'texts' },
    { what: 'texts embedded the first time', value: full.embedded, unit: 'texts' },
  ];
  process.stdout.write(`\n${table(figures)}\n\n`);
  process.stdout.write(`push: ${((100 * push) / full.seconds).toFixed(2)} % of the first time\n\n`);
} finally {
  await stack.stop();
}
process.exit(0);

async function copyOf(source: string): Promise<string> {
  const head = (await git(['--git-dir', source, 'rev-parse', 'HEAD'])).toString().trim();
  return repositoryAt(source, OWNER, NAME, head);
}

/** A file of code that is neither small nor large. */
async function someFile(
  gitDir: string,
  snapshotId: string,
): Promise<{ readonly path: string; readonly text: string; readonly chunks: number }> {
  const rows = await stack.sql<{ path: string; chunks: number }>(
    `SELECT f.path, b.chunks FROM snapshot_files f JOIN blobs b ON b.id = f.blob_id
      WHERE f.snapshot_id = $1 AND f.category = 'code' ORDER BY b.chunks, f.path`,
    [snapshotId],
  );
  const row = rows[Math.floor(rows.length * 0.75)];
  if (!row) throw new Error('there is no file to change');
  const text = (await git(['--git-dir', gitDir, 'show', `main:${row.path}`])).toString();
  return { ...row, text };
}

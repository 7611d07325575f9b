import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { git, gitEnvironment } from '../../src/platform/git/git.js';

const MAIN = 'refs/heads/main';
const MOST_LISTED = 1_073_741_824;

/**
 * A bare repository whose `main` is a commit of another one, whose objects it borrows: what came after the commit is not
 * part of it. @returns its path, by which the forge names it `<owner>/<name>`
 */
export async function repositoryAt(source: string, owner: string, name: string, commit: string): Promise<string> {
  const asked = git(['--git-dir', source, 'rev-parse', '--git-path', 'objects']);
  const objects = (
    await asked.catch(() => Promise.reject(new Error(`there is no bare clone in ${source}`)))
  ).toString();
  const path = join(await mkdtemp(join(tmpdir(), 'yudai-retrieval-')), `${owner}+${name}`, 'repo');
  await mkdir(path, { recursive: true });
  await git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', path]);
  await mkdir(join(path, 'objects/info'), { recursive: true });
  await writeFile(join(path, 'objects/info/alternates'), `${objects.trim()}\n`);
  await git(['--git-dir', path, 'update-ref', MAIN, commit]);
  const absent = await absentFrom(path);
  if (absent.size > 0) await tellWithout(path, absent);
  return path;
}

/** Contents that the history names and a partial clone does not hold. */
async function absentFrom(path: string): Promise<Set<string>> {
  const args = ['--git-dir', path, 'rev-list', '--objects', '--missing=print', MAIN];
  const listed = (await git(args, { maxBytes: MOST_LISTED, seconds: 600 })).toString('latin1');
  return new Set(listed.match(/^\?[0-9a-f]+$/gm)?.map((line) => line.slice(1)));
}

/**
 * A partial clone cannot be fetched from: git gives up at the first content that is not there. The same history is told again,
 * with empty files in their place; commits after them have other ids, all else is as it was.
 */
async function tellWithout(path: string, absent: ReadonlySet<string>): Promise<void> {
  const empty = (await git(['--git-dir', path, 'hash-object', '-w', '--stdin'])).toString().trim();
  const options = { env: gitEnvironment() };
  const telling = ['fast-export', '--no-data', '--reencode=no', '--signed-tags=strip', MAIN];
  const teller = spawn('git', ['--git-dir', path, ...telling], { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  const listener = spawn('git', ['--git-dir', path, 'fast-import', '--quiet', '--force'], {
    ...options,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ends = Promise.all([once(teller, 'close'), once(listener, 'close')]);
  await pipeline(teller.stdout, replacing(absent, empty), listener.stdin);
  const codes = (await ends).map(([code]: unknown[]) => code);
  if (codes.some((code) => code !== 0)) throw new Error(`${path} cannot be told again: ${codes.join(', ')}`);
}

/** Ids are of one length, so nothing else in the stream changes. */
function replacing(absent: ReadonlySet<string>, by: string): Transform {
  let rest = '';
  const told = (text: string): Buffer =>
    Buffer.from(
      text.replace(/\b[0-9a-f]{40}\b/g, (id) => (absent.has(id) ? by : id)),
      'latin1',
    );
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const text = rest + chunk.toString('latin1');
      const end = text.lastIndexOf('\n') + 1;
      rest = text.slice(end);
      done(null, told(text.slice(0, end)));
    },
    flush(done) {
      done(null, told(rest));
    },
  });
}

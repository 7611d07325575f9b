import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { git } from '../../src/platform/git/git.js';
import { ROOT } from '../support/sources.js';
import { dataFolder, Launched } from '../workspace/launched.js';

/** The main job, by a program that knows the HTTP contract only, on the product as `npm start` runs it. */
const PROGRAM = join(ROOT, 'dist/sdk/examples/whole-chain.mjs');
const IDENTITY = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@localhost'];
const MINUTES_10 = 600_000;

const run = promisify(execFile);

describe('the whole chain', () => {
  let launched: Launched;
  let folder: string;

  beforeAll(async () => {
    if (!existsSync(PROGRAM)) throw new Error('The chain is run by the built SDK: npm run build');
    folder = dataFolder();
    launched = await Launched.start(join(folder, 'data'), { YUDAI_REPOS: await publicRepository(folder) });
  }, MINUTES_10);

  afterAll(async () => {
    await launched.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const drive = async (...args: string[]): Promise<string[]> => {
    try {
      const { stdout } = await run(process.execPath, [PROGRAM, '--url', launched.url, ...args], { encoding: 'utf8' });
      return stdout.trimEnd().split('\n');
    } catch (error) {
      throw new Error(`The chain broke:\n${(error as { stdout?: string }).stdout ?? String(error)}`, { cause: error });
    }
  };

  it.each(['member', 'admin'])(
    'goes from a question to a pull request on the sample repository, for %s',
    async (login) => {
      const legs = await drive('--login', login, '--issue', '1', '--solve');
      expect(legs.at(-1)).toBe(`The whole chain holds for ${login} on acme/todo-api.`);
      const pull = legs.find((leg) => leg.startsWith('✓ pull request'));
      const branches = await branchesOf(join(folder, 'data'), 'acme', 'todo-api');
      expect(pull).toMatch(/#\d+ http/);
      expect(branches.filter((name) => name.startsWith('yudai/'))).not.toEqual([]);
    },
    MINUTES_10,
  );

  it.each(['member', 'admin'])(
    'goes as far as the stand-in can on a public repository that somebody has brought along, for %s',
    async (login) => {
      const about = 'res.sendFile: the root option is ignored and an absolute path is demanded when a file is sent';
      const legs = await drive(
        '--login',
        login,
        '--repository',
        'expressjs/express',
        '--about',
        about,
        '--expect',
        'lib/response.js',
      );
      expect(legs.at(-1)).toBe(`The whole chain holds for ${login} on expressjs/express.`);
    },
    MINUTES_10,
  );
});

/** The published files of a package that everybody knows, as a repository called after its origin. */
async function publicRepository(folder: string): Promise<string> {
  const source = dirname(createRequire(import.meta.url).resolve('express/package.json'));
  const path = join(folder, 'express');
  cpSync(source, path, { recursive: true, filter: (file) => !file.slice(source.length).includes('node_modules') });
  await git(['init', '--quiet', path]);
  await git(['-C', path, 'remote', 'add', 'origin', 'https://github.com/expressjs/express.git']);
  await git(['-C', path, 'add', '--all']);
  await git(['-C', path, ...IDENTITY, 'commit', '--quiet', '--message', 'As published']);
  return path;
}

/** Looked up in the forge's own bare repository. */
async function branchesOf(data: string, owner: string, name: string): Promise<string[]> {
  const bare = readdirSync(join(data, 'forge'), { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith(`${owner}/${name}.git`),
  );
  if (!bare) throw new Error(`the forge has no bare repository of ${owner}/${name}`);
  const refs = await git([
    '--git-dir',
    join(data, 'forge', bare),
    'for-each-ref',
    '--format=%(refname:short)',
    'refs/heads',
  ]);
  return refs.toString().trim().split('\n');
}

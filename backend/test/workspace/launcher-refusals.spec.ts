import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { reservePort } from '../support/ports.js';
import { dataFolder, Launched } from './launched.js';

describe('a start that cannot go on ends in one clear sentence', () => {
  let folder: string;
  beforeEach(() => (folder = dataFolder()));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function refusal(env: Readonly<Record<string, string>> = {}, data = folder): Promise<string> {
    const { code, lastLine } = await Launched.start(data, env);
    expect(code).toBe(1);
    return lastLine;
  }

  it('with the port in use', async () => {
    const port = await reservePort();
    const other = createServer().listen(port, '127.0.0.1');
    expect(await refusal({ PORT: String(port) })).toMatch(`Port ${port} is in use by another program.`);
    other.close();
  });

  it('with a database folder that holds something else, which stays as it was', async () => {
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), 'damaged');
    const line = await refusal();
    expect(line).toMatch(/The database could not start: .*cannot be opened.*Nothing was changed.*YUDAI_DATA/);
    expect(readFileSync(join(folder, 'postgres', 'PG_VERSION'), 'utf8')).toBe('damaged');
  });

  it('with damaged secrets, which stay as they were', async () => {
    writeFileSync(join(folder, 'secrets.json'), '{"secretKey": "x"');
    expect(await refusal()).toMatch(/secrets\.json is damaged.*Nothing was changed/);
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe('{"secretKey": "x"');
  });

  it('with a file in place of the data folder', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'a file');
    expect(await refusal({}, file)).toMatch(/is not a folder\. Set YUDAI_DATA/);
  });

  it('without git', async () => {
    expect(await refusal({ PATH: folder })).toMatch(/The local forge could not start: .*git/);
  });

  it('with a repository path that leads nowhere', async () => {
    expect(await refusal({ YUDAI_REPOS: join(folder, 'nowhere') })).toMatch(
      /The local forge could not start: .*nowhere/,
    );
  });

  it('with GitHub named by halves', async () => {
    const { code, output } = await Launched.start(folder, { GITHUB_CLIENT_ID: 'Iv1.x' });
    expect(code).toBe(1);
    expect(output).toContain('GITHUB_CLIENT_SECRET');
  });

  const tmpfs = mountable();
  (tmpfs ? it : it.skip)('on a full disk', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', disk]);
    try {
      expect(await refusal({}, join(disk, 'data'))).toMatch(/The disk with .* is full\. Make room and start again/);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

/** Small disks are made by root only. */
function mountable(): boolean {
  const folder = dataFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder]).status === 0;
  if (mounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return mounted;
}

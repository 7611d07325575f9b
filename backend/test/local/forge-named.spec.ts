import { chownSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commit, fingerprint, git, gitFailure, workTree, write } from './git.js';
import { Scratch } from './servers.js';
import { api, control, testForge, type TestForge, tokenOf } from './test-forge.js';

const scratch = new Scratch();
afterAll(() => scratch.clear());

/** Making the seed takes its time; one forge's folder serves all tests, which look at what is new in it. */
const shared = scratch.folder();
const earlier = new Set<string>();
const seen = new Set<string>();
afterEach(() => {
  for (const name of seen) earlier.add(name);
});

/** A forge that serves these, with what it is called and the branches that it shows. */
async function serving(paths: string[], data = shared): Promise<TestForge> {
  return testForge({ data, repositories: paths });
}

async function named(forge: TestForge): Promise<string[]> {
  const token = await tokenOf(forge.url, 'admin');
  const pages = await Promise.all(
    [1, 2].map((page) => api<{ full_name: string }[]>(forge, token, `GET /user/repos?per_page=100&page=${page}`)),
  );
  const names = pages.flatMap(({ body }) => body.map(({ full_name }) => full_name));
  const fresh = names.filter((name) => !/^(acme|globex)\//.test(name) && !earlier.has(name));
  for (const name of fresh) seen.add(name);
  return fresh.sort();
}

async function heads(forge: TestForge, name: string): Promise<Record<string, string>> {
  const token = await tokenOf(forge.url, 'admin');
  const { body } = await api<{ name: string; commit: { sha: string } }[]>(forge, token, `GET /repos/${name}/branches`);
  return Object.fromEntries(body.map((branch) => [branch.name, branch.commit.sha]));
}

describe('repositories that a person names (YUDAI_REPOS)', () => {
  it('are served from a work tree under the name of their origin, with every branch, and tags', async () => {
    const folder = join(scratch.folder(), 'anything');
    const main = await workTree(folder, { 'a.txt': 'a' });
    await git(folder, 'remote', 'add', 'origin', 'https://github.com/octo/tool.git');
    await git(folder, 'tag', 'v1');
    await git(folder, 'checkout', '-q', '-b', 'fix/größe');
    const fix = await commit(folder, { 'b.txt': 'b' });
    const forge = await serving([folder]);
    expect(await named(forge)).toEqual(['octo/tool']);
    expect(await heads(forge, 'octo/tool')).toEqual({ main, 'fix/größe': fix });
    const clone = join(scratch.folder(), 'clone');
    const token = await tokenOf(forge.url, 'member');
    await git(
      scratch.folder(),
      'clone',
      '-q',
      '--branch',
      'v1',
      `http://x:${token}@${forge.url.slice(7)}/octo/tool.git`,
      clone,
    );
    expect(await git(clone, 'rev-parse', 'HEAD')).toBe(main);
    await forge.stop();
  });

  it('are served from bare ones, packed ones, ones without a config, and ones that borrow objects', async () => {
    const folder = scratch.folder();
    const source = join(folder, 'source');
    const head = await workTree(source, { 'a.txt': 'a' });
    const at = (name: string): string => join(folder, 'widgets', name);
    mkdirSync(join(folder, 'widgets'));
    await git(folder, 'clone', '-q', '--bare', '--no-hardlinks', source, at('bare.git'));
    cpSync(join(source, '.git'), at('packed'), { recursive: true });
    await git(at('packed'), '--git-dir=.', 'config', 'core.bare', 'true');
    await git(at('packed'), '--git-dir=.', 'gc', '-q');
    await git(at('packed'), '--git-dir=.', 'pack-refs', '--all');
    cpSync(at('bare.git'), at('plain'), { recursive: true });
    rmSync(join(at('plain'), 'config'));
    await git(folder, 'clone', '-q', '--shared', source, at('shared'));
    await git(at('shared'), 'remote', 'remove', 'origin');
    const names = ['bare.git', 'packed', 'plain', 'shared'];
    const before = names.map((name) => fingerprint(at(name)));
    const forge = await serving(names.map(at));
    expect(await named(forge)).toEqual(['widgets/bare', 'widgets/packed', 'widgets/plain', 'widgets/shared']);
    for (const name of await named(forge)) expect([name, await heads(forge, name)]).toEqual([name, { main: head }]);
    await forge.stop();
    expect(names.map((name) => fingerprint(at(name)))).toEqual(before);
  });

  it('are named owner/name after their path, owner+name after a folder, else local/<folder>', async () => {
    const folder = scratch.folder();
    const paths = ['big-co/engine', 'octo+kit/repo', 'octo+lone', 'just lying äround'].map((path) =>
      join(folder, path),
    );
    for (const path of paths) await workTree(path, { 'a.txt': path });
    const forge = await serving(paths);
    expect(await named(forge)).toEqual(['big-co/engine', 'local/just-lying-round', 'octo/kit', 'octo/lone']);
    await forge.stop();
  });

  it('are all served from a folder of them, the broken one said and left out', async () => {
    const folder = join(scratch.folder(), 'many-co');
    for (const name of ['one', 'two']) await workTree(join(folder, name), { 'a.txt': name });
    write(join(folder, 'broken'), { HEAD: 'nonsense', 'objects/x': '' });
    const said = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const forge = await serving([folder]);
    const text = said.mock.calls.map(([line]) => String(line)).join('');
    said.mockRestore();
    expect(await named(forge)).toEqual(['many-co/one', 'many-co/two']);
    expect(text).toContain(`YUDAI_REPOS names ${join(folder, 'broken')}, which cannot be served`);
    await forge.stop();
  });

  it('of the same name get numbers, and keep them', async () => {
    const folder = scratch.folder();
    const paths = ['a/tool', 'b/tool'].map((path) => join(folder, path));
    for (const path of paths) {
      await workTree(path, { 'a.txt': path });
      await git(path, 'remote', 'add', 'origin', 'git@github.com:octo/twin.git');
    }
    const first = await serving(paths);
    const before = await heads(first, 'octo/twin-2');
    await first.stop();
    const second = await serving([...paths].reverse());
    expect(await named(second)).toEqual(['octo/twin', 'octo/twin-2']);
    expect(await heads(second, 'octo/twin-2')).toEqual(before);
    await second.stop();
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot('may belong to somebody else', async () => {
    const folder = join(scratch.folder(), 'theirs');
    await workTree(folder, { 'a.txt': 'a' });
    for (const path of [folder, join(folder, '.git'), join(folder, '.git', 'HEAD')]) chownSync(path, 12_345, 12_345);
    const forge = await serving([folder]);
    expect(await named(forge)).toEqual(['local/theirs']);
    await forge.stop();
  });

  it('are never written to: not by a clone, a push, an issue, a pull request or a new start', async () => {
    const folder = join(scratch.folder(), 'precious');
    const main = await workTree(folder, { 'src/a.txt': 'a\n', 'README.md': '# precious\n' });
    write(folder, { 'uncommitted.txt': 'mine', 'src/a.txt': 'changed, not committed\n' });
    writeFileSync(join(folder, '.git', 'hooks', 'post-receive'), '#!/bin/sh\ntouch HOOK_WAS_RUN\n', { mode: 0o755 });
    const before = fingerprint(folder);
    const forge = await serving([folder]);
    const token = await tokenOf(forge.url, 'member');
    const clone = join(scratch.folder(), 'clone');
    await git(scratch.folder(), 'clone', '-q', `http://x:${token}@${forge.url.slice(7)}/local/precious.git`, clone);
    await git(clone, 'checkout', '-q', '-b', 'fix/it');
    const pushed = await commit(clone, { 'src/a.txt': 'fixed\n' });
    await git(clone, 'push', '-q', 'origin', 'HEAD');
    const call = (route: string, body: object) => api(forge, token, `POST /repos/local/precious/${route}`, body);
    expect((await call('issues', { title: 'Broken' })).status).toBe(201);
    expect((await call('pulls', { title: 'Fix', head: 'fix/it', base: 'main' })).status).toBe(201);
    await forge.stop();
    const again = await serving([folder]);
    expect(await heads(again, 'local/precious')).toEqual({ main, 'fix/it': pushed });
    await again.stop();
    expect(fingerprint(folder)).toEqual(before);
    expect(await git(folder, 'branch', '--list')).toBe('* main');
  });

  it('bring their new commits at the next start, beside what was pushed here', async () => {
    const folder = join(scratch.folder(), 'growing');
    await workTree(folder, { 'a.txt': '1' });
    await git(folder, 'branch', 'old');
    const first = await serving([folder]);
    await control(first, 'POST /repositories/local/growing/commits', {
      branch: 'here',
      message: 'm',
      files: { 'h.txt': 'h' },
    });
    const { here } = await heads(first, 'local/growing');
    await first.stop();
    const next = await commit(folder, { 'a.txt': '2' });
    await git(folder, 'branch', '-D', 'old');
    const second = await serving([folder]);
    expect(await heads(second, 'local/growing')).toEqual({ main: next, here });
    await second.stop();
  });

  it.each([
    ['does not exist', () => join(scratch.folder(), 'nothing')],
    [
      'is no folder',
      () => {
        const file = join(scratch.folder(), 'file');
        writeFileSync(file, '');
        return file;
      },
    ],
    ['holds no git repository', () => scratch.folder()],
  ])('a path that %s ends the start with a sentence that names it', async (why, make) => {
    const path = make();
    await expect(serving([path])).rejects.toThrow(`YUDAI_REPOS names ${path}, which ${why}.`);
  });

  it('a path that is no repository though it looks like one ends the start, too', async () => {
    const folder = join(scratch.folder(), 'broken');
    write(folder, { '.git/HEAD': 'nonsense', '.git/objects/x': '' });
    await expect(serving([folder])).rejects.toThrow(/YUDAI_REPOS names .*broken, which cannot be served: /);
  });

  it('an empty one has no branch, and a shallow one what it has', async () => {
    const folder = scratch.folder();
    const empty = join(folder, 'nobody', 'empty');
    mkdirSync(empty, { recursive: true });
    await git(empty, 'init', '-q', '--initial-branch=trunk');
    const source = join(folder, 'source');
    await workTree(source, { 'a.txt': '1' });
    const tip = await commit(source, { 'a.txt': '2' });
    const shallow = join(folder, 'nobody', 'shallow');
    await git(folder, 'clone', '-q', '--depth=1', `file://${source}`, shallow);
    await git(shallow, 'remote', 'remove', 'origin');
    const forge = await serving([empty, shallow]);
    expect(await heads(forge, 'nobody/empty')).toEqual({});
    expect(await heads(forge, 'nobody/shallow')).toEqual({ main: tip });
    const token = await tokenOf(forge.url, 'admin');
    const clone = join(scratch.folder(), 'clone');
    await git(folder, 'clone', '-q', `http://x:${token}@${forge.url.slice(7)}/nobody/shallow.git`, clone);
    expect(await git(clone, 'rev-parse', 'HEAD')).toBe(tip);
    await forge.stop();
  });

  it('are private to those who have signed in', async () => {
    const folder = join(scratch.folder(), 'secret');
    await workTree(folder, { 'a.txt': 'a' });
    const forge = await serving([folder]);
    const url = `${forge.url}/local/secret.git`;
    expect(await gitFailure(scratch.folder(), 'ls-remote', url)).toMatch(
      /could not read Username|Authentication failed/,
    );
    const auditor = await tokenOf(forge.url, 'auditor');
    const signedIn = url.replace('//', `//x:${auditor}@`);
    expect(await git(scratch.folder(), 'ls-remote', signedIn)).toContain('refs/heads/main');
    await forge.stop();
  });
});

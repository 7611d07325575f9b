import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** git as a person runs it: with a name, and without this machine's own configuration. */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Tester',
    GIT_AUTHOR_EMAIL: 'tester@acme.example',
    GIT_COMMITTER_NAME: 'Tester',
    GIT_COMMITTER_EMAIL: 'tester@acme.example',
  };
  const { stdout } = await run('git', args, { cwd, env });
  return stdout.trim();
}

/** What git says when it fails. */
export async function gitFailure(cwd: string, ...args: string[]): Promise<string> {
  return git(cwd, ...args).then(
    () => 'it worked',
    (error: unknown) => (error as { stderr?: string }).stderr ?? String(error),
  );
}

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A work tree with a commit of these files. */
export async function workTree(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await git(folder, 'init', '--quiet', '--initial-branch=main');
  return commit(folder, files);
}

/** Adds a commit. @returns its id */
export async function commit(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  write(folder, files);
  await git(folder, 'add', '--all');
  await git(folder, 'commit', '--quiet', '--message', 'Change');
  return git(folder, 'rev-parse', 'HEAD');
}

/** Everything that can be told of a folder from outside: names, kinds, rights, owners, times, bytes. */
export function fingerprint(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return ['.', ...entries].map((name) => {
    const path = join(folder, name);
    const { mode, uid, gid, size, mtimeMs, nlink } = lstatSync(path);
    const bytes = lstatSync(path).isFile() ? readFileSync(path) : '';
    const content = lstatSync(path).isSymbolicLink()
      ? readlinkSync(path)
      : createHash('sha256').update(bytes).digest('hex');
    return [name, mode, uid, gid, size, mtimeMs, nlink, content].join(' ');
  });
}

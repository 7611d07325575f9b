import { spawn } from 'node:child_process';
import { DomainError } from '../errors/domain-error.js';

export interface GitOptions {
  readonly cwd?: string;
  /** Added to the environment, which holds nothing of this process's own but PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
  readonly signal?: AbortSignal;
  readonly seconds?: number;
  /** The most that is read from standard output; more is an error. */
  readonly maxBytes?: number;
}

/** git ended with an exit code that is not 0; `stderr` is for logs, it may repeat file names of the repository. */
export class GitError extends Error {
  constructor(
    readonly command: string,
    readonly exitCode: number,
    readonly stderr: string,
  ) {
    super(`git ${command} failed with exit code ${exitCode}`);
    this.name = 'GitError';
  }
}

const DEFAULT_SECONDS = 120;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const STDERR_KEPT = 4_000;
/** What programs and Node.js say of it. */
export const DISK_IS_FULL = /No space left on device|Disk quota exceeded/i;
const MISSING = 'git is not installed on the server. Install it, e.g. `apt-get install git`.';

/**
 * Repositories are other people's: no configuration of the machine or the user, no hook, no prompt, no pager, no external
 * diff or file-system monitor is run for them, and ownership does not matter because nothing of theirs is executed.
 */
const HARDENED: Readonly<Record<string, string>> = {
  'safe.directory': '*',
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'core.quotePath': 'false',
  'core.autocrlf': 'false',
  'core.attributesFile': '/dev/null',
  'core.excludesFile': '/dev/null',
  'init.defaultBranch': 'main',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'transfer.fsckObjects': 'false',
  'uploadpack.allowAnySHA1InWant': 'true',
  'advice.detachedHead': 'false',
};

/** Our own disk's fault, whatever was being done; it does not pass before somebody has made room. */
export const storageFull = (cause: unknown): DomainError =>
  new DomainError('unavailable', 'storage.full', 'The disk of the server is full. Make room there, then try again.', {
    retryAfterSeconds: 5,
    cause,
  });

/** The environment that git runs under, with these settings in force over those of any repository. */
export function gitEnvironment(settings: Readonly<Record<string, string>> = {}): Record<string, string> {
  const entries = Object.entries({ ...HARDENED, ...settings });
  return {
    PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    HOME: '/nonexistent',
    LC_ALL: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ALLOW_PROTOCOL: 'file:http:https',
    GIT_CONFIG_COUNT: String(entries.length),
    ...Object.fromEntries(
      entries.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

/**
 * Runs git and resolves to its standard output.
 * @throws GitError; DomainError `git.missing`, `storage.full`, `git.timeout`, `git.output-too-large`; the signal's reason when aborted.
 */
export function git(args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  const { signal, seconds = DEFAULT_SECONDS, maxBytes = DEFAULT_MAX_BYTES } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      ...(options.cwd ? { cwd: options.cwd } : {}),
      env: { ...gitEnvironment(), ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const output: Buffer[] = [];
    let size = 0;
    let stderr = '';
    let failure: { readonly reason: unknown } | undefined;
    const end = (reason: unknown): void => {
      failure ??= { reason };
      killGroup(child.pid);
    };
    const timer = setTimeout(
      () => end(new DomainError('timeout', 'git.timeout', `git took longer than ${seconds} seconds.`)),
      seconds * 1_000,
    );
    const aborted = (): void => end(signal?.reason);
    signal?.addEventListener('abort', aborted, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) end(new DomainError('too-large', 'git.output-too-large', 'The output of git is too large.'));
      else output.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-STDERR_KEPT);
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT';
      failure ??= { reason: isMissing ? new DomainError('unavailable', 'git.missing', MISSING) : error };
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      if (failure) reject(failure.reason);
      else if (code !== 0) reject(failed(args, code ?? -1, stderr));
      else resolve(Buffer.concat(output));
    });
  });
}

function failed(args: readonly string[], exitCode: number, stderr: string): Error {
  const error = new GitError(args.find((arg) => !arg.startsWith('-')) ?? '', exitCode, stderr);
  return DISK_IS_FULL.test(stderr) ? storageFull(error) : error;
}

/** git starts helpers of its own; they go with it. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // the group has ended by itself
  }
}

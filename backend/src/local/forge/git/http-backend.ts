import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { gitEnvironment } from '../../../platform/git/git.js';
import type { Answer } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { Refusal } from '../http/refusal.js';

export interface Backend {
  /** The bare repository. */
  readonly repository: string;
  /** `/info/refs`, `/git-upload-pack`, `/git-receive-pack` */
  readonly service: string;
  /** Who is calling; git-receive-pack is refused without. */
  readonly login?: string;
}

const LARGEST_HEAD = 16 * 1024;
/** Nothing takes this long on one machine; whatever does is stuck. */
const LONGEST_MS = 10 * 60_000;

/** Lets git's own `http-backend` answer (git-http-backend(1), RFC 3875). @throws Refusal 500 when it does not */
export async function runBackend(call: Call, backend: Backend): Promise<Answer> {
  const child = spawn('git', ['http-backend'], { env: environment(call, backend), detached: true });
  const timer = setTimeout(() => killGroup(child), LONGEST_MS);
  child.once('close', () => clearTimeout(timer));
  child.stderr.resume();
  // git stops reading once it knows enough, and a client may leave in the middle.
  child.stdin.on('error', () => undefined);
  call.req.on('error', () => child.stdin.destroy()).once('close', () => child.stdin.end());
  call.req.pipe(child.stdin);
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    const { head, rest } = await readHead(chunks);
    return { ...parseHead(head), body: bodyOf(child, rest, chunks) };
  } catch (error) {
    killGroup(child);
    throw error;
  }
}

function environment(call: Call, { repository, service, login }: Backend): Record<string, string> {
  const given = (name: string, value: string | undefined): Record<string, string> =>
    value === undefined ? {} : { [name]: value };
  return {
    ...gitEnvironment(),
    GIT_PROJECT_ROOT: repository,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: service,
    REQUEST_METHOD: call.method,
    QUERY_STRING: call.query.toString(),
    REMOTE_ADDR: '127.0.0.1',
    ...given('REMOTE_USER', login),
    ...given('CONTENT_TYPE', call.header('content-type')),
    ...given('CONTENT_LENGTH', call.header('content-length')),
    ...given('HTTP_CONTENT_ENCODING', call.header('content-encoding')),
    ...given('GIT_PROTOCOL', call.header('git-protocol')),
  };
}

async function readHead(chunks: AsyncIterator<Buffer>): Promise<{ readonly head: string; readonly rest: Buffer }> {
  let read: Buffer = Buffer.alloc(0);
  for (let end = -1; end < 0; end = read.indexOf('\r\n\r\n')) {
    const next = await chunks.next();
    if (next.done || read.length > LARGEST_HEAD) throw new Refusal(500, 'git did not answer.');
    read = Buffer.concat([read, next.value]);
  }
  const end = read.indexOf('\r\n\r\n');
  return { head: read.toString('latin1', 0, end), rest: read.subarray(end + 4) };
}

function parseHead(head: string): Pick<Answer, 'status' | 'headers'> {
  const lines = head.split('\r\n').map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const { status = '200', ...headers } = Object.fromEntries(lines);
  return { status: Number.parseInt(status, 10), headers };
}

async function* bodyOf(
  child: ChildProcessWithoutNullStreams,
  first: Buffer,
  chunks: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer, void> {
  try {
    if (first.length > 0) yield first;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  } finally {
    killGroup(child);
  }
}

/** git starts helpers of its own; they go with it. */
function killGroup({ pid }: ChildProcessWithoutNullStreams): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}

import { existsSync } from 'node:fs';
import type { ConfinedCommand } from './sandbox.js';

/** Where the work tree is seen inside. */
export const TREE = '/repo';
/** Where the programs that the product itself brings are seen inside. */
export const TOOLS = '/opt/yudai';
/** The largest file a command may write; the tree as a whole is measured while it runs. */
const FILE_SHARE = 0.5;
const OPEN_FILES = 1_024;

/** An id that no account of the machine has, so that nothing on the host belongs to a sandboxed process. */
export const SANDBOX_UID = 61_111;

/** What a command finds in its environment, whole: nothing of the worker's own gets in. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: `${TOOLS}:/usr/local/bin:/usr/bin:/bin`,
  HOME: '/tmp',
  TMPDIR: '/tmp',
  LANG: 'C.UTF-8',
  TERM: 'dumb',
  CI: 'true',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'safe.directory',
  GIT_CONFIG_VALUE_0: '*',
};

/** Folders of the system that commands may read, besides /usr. */
export const READ_ONLY_ETC = [
  'alternatives',
  'ssl',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'mime.types',
].filter((name) => existsSync(`/etc/${name}`));

/** Without a group each process is bounded by itself, and Node.js reserves several times the memory that it uses. */
const RESERVED_FACTOR = 4;

/** prlimit(1) arguments. */
export function limitArguments({ limits, grouped }: ConfinedCommand): string[] {
  return [
    ...(grouped ? [] : [`--data=${limits.memoryMb * RESERVED_FACTOR * 1024 * 1024}`]),
    `--nproc=${limits.processes}`,
    `--nofile=${OPEN_FILES}`,
    `--fsize=${Math.floor(limits.diskMb * FILE_SHARE) * 1024 * 1024}`,
    '--core=0',
  ];
}

/** The descriptor of the gate: a line to the worker. */
export const GATE_FD = 3;

/**
 * What the confinement runs: it tells the worker that the confinement stands, and begins the command when the worker says so.
 * A worker that was killed while the confinement was being set up, before the kernel knew that it should end with it, says
 * nothing, and the end of the line ends it. From then on it ends with its worker by the kernel.
 */
export function gated(command: string): string[] {
  const gate = `echo >&${GATE_FD} && read -r -u ${GATE_FD} || exit 125; exec ${GATE_FD}>&-; exec /bin/bash -c "$1"`;
  return ['/bin/bash', '-c', gate, 'gate', command];
}

/**
 * How a command is begun: it goes with its worker, however that ends, and root gives itself up, because limits on processes
 * do not bind root and files of the host must not belong to it.
 */
export function launcher(): string[] {
  const id = String(SANDBOX_UID);
  const other = process.getuid?.() === 0 ? [`--reuid=${id}`, `--regid=${id}`, '--clear-groups'] : [];
  return ['setpriv', ...other, '--pdeathsig', 'KILL', '--', ...UNLESS_ORPHANED, String(process.pid)];
}

/** A worker that ended before the kernel was told to end its command with it is noticed by who the parent is now. */
const UNLESS_ORPHANED = ['/bin/sh', '-c', '[ "$PPID" = "$1" ] || exit 1; shift; exec "$@"', 'sh'];

import { spawn } from 'node:child_process';

/** Nobody looks at a silent terminal for longer than two seconds. */
const QUIET_MS = 1_700;
const KEPT_LINES = 400;
const NO_ROOM = /ENOSPC|no space left on device/i;
const DISK_FULL = 'The disk is full. Make room and run the same command again; nothing is lost.';

const isTerminal = process.stdout.isTTY;
let transient = false;

/**
 * Prints a line that stays.
 * @param {string} line
 */
export function say(line) {
  if (transient) process.stdout.write('\r\u001b[2K');
  transient = false;
  process.stdout.write(`${line}\n`);
}

/**
 * Prints what goes on now; on a terminal the next line takes its place.
 * @param {string} line
 */
function tick(line) {
  if (!isTerminal) return void process.stdout.write(`${line}\n`);
  process.stdout.write(`\r\u001b[2K${line.slice(0, process.stdout.columns - 1)}`);
  transient = true;
}

/**
 * `4 s`, `2 min 05 s`
 * @param {number} ms
 */
export function duration(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** A failure that a person can do something about: its message is all that is shown. */
export class Stop extends Error {
  /**
   * @param {string} message
   * @param {string[]} output what explains it
   */
  constructor(message, output = []) {
    super(message);
    this.output = output;
  }
}

/**
 * Does one step and shows that it goes on. `work` is given a function that notes what is being done just now;
 * `isWell` tells from its result whether the step went well, where that is not said by an exception.
 * @template T
 * @param {string} name
 * @param {(note: (text: string) => void) => Promise<T>} work
 * @param {(result: T) => boolean} isWell
 * @returns {Promise<T>} what `work` returns
 */
export async function step(name, work, isWell = () => true) {
  const begun = Date.now();
  let detail = '';
  const line = () => `  ${name} … ${duration(Date.now() - begun)}${detail ? ` · ${detail}` : ''}`;
  say(`• ${name}`);
  const timer = setInterval(() => tick(line()), QUIET_MS);
  try {
    const result = await work((text) => (detail = text.trim().slice(0, 100)));
    clearInterval(timer);
    say(`${isWell(result) ? '✓' : '✗'} ${name} (${duration(Date.now() - begun)})`);
    return result;
  } catch (error) {
    clearInterval(timer);
    say(`✗ ${name} (${duration(Date.now() - begun)})`);
    throw error;
  }
}

const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let wasStopped = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    wasStopped = true;
    for (const child of running) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    if (running.size === 0) process.exit(signal === 'SIGINT' ? 130 : 143);
  });
}

/**
 * Hands signals on to a child until it has ended.
 * @template {import('node:child_process').ChildProcess} T
 * @param {T} child
 * @returns {T}
 */
export function follow(child) {
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/**
 * @typedef {{ env?: NodeJS.ProcessEnv, cwd?: string, note?: (line: string) => void }} RunOptions `note` hears each line
 * @typedef {{ code: number, lines: string[] }} Ended the exit code and the last lines of what was printed
 */

/**
 * Runs a program to its end. Never throws because of the exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<Ended>}
 */
export function run(command, args, { env = process.env, cwd, note } = {}) {
  return new Promise((resolve, reject) => {
    const child = follow(spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] }));
    /** @type {string[]} */
    const lines = [];
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        const parts = (rest + text.replace(ESCAPES, '')).split('\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
          if (part.trim() === '') continue;
          lines.push(part.trimEnd());
          note?.(part);
        }
        if (lines.length > KEPT_LINES) lines.splice(0, lines.length - KEPT_LINES);
      });
      stream.on('end', () => rest.trim() !== '' && lines.push(rest.trimEnd()));
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, lines }));
  });
}

/**
 * Runs a program that must succeed.
 * @param {string} what
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @throws Stop with the end of its output
 */
export async function must(what, command, args, options = {}) {
  const { code, lines } = await run(command, args, options);
  if (code !== 0 && lines.some((line) => NO_ROOM.test(line))) throw new Stop(DISK_FULL);
  if (code !== 0)
    throw new Stop(`${what} failed (${command.split('/').at(-1)} ended with code ${code}).`, lines.slice(-40));
  return lines;
}

/**
 * Runs a whole command and turns what stops it into clear lines and an exit code.
 * @param {() => Promise<number | void>} work
 */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    if (wasStopped) {
      say('Stopped. The same command goes on where this one was.');
    } else if (error instanceof Stop) {
      for (const line of error.output) say(`    ${line}`);
      say(error.message);
    } else {
      say(describe(error));
    }
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
function describe(error) {
  if (!(error instanceof Error)) return String(error);
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'ENOSPC') return DISK_FULL;
  if (code === 'EACCES' || code === 'EPERM') {
    return `Not permitted: ${error.message}. Give yourself the right to write there.`;
  }
  return error.stack ?? error.message;
}

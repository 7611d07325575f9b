import { spawn } from 'node:child_process';

/** Nobody looks at a silent terminal for longer than two seconds. */
const QUIET_MS = 1_700;
const KEPT_LINES = 400;
const NO_ROOM = /ENOSPC|no space left on device/i;
const DISK_FULL = 'The disk is full. Make room and run the same command again; nothing is lost.';

const isTerminal = process.stdout.isTTY === true;
let transient = false;

/** Prints a line that stays. */
export function say(line) {
  if (transient) process.stdout.write('\r\u001b[2K');
  transient = false;
  process.stdout.write(`${line}\n`);
}

/** Prints what goes on now; on a terminal the next line takes its place. */
function tick(line) {
  if (!isTerminal) return void process.stdout.write(`${line}\n`);
  process.stdout.write(`\r\u001b[2K${line.slice(0, (process.stdout.columns ?? 80) - 1)}`);
  transient = true;
}

/** `4 s`, `2 min 05 s` */
export function duration(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** A failure that a person can do something about: its message is all that is shown. */
export class Stop extends Error {
  constructor(message, output = []) {
    super(message);
    this.output = output;
  }
}

/**
 * Does one step and shows that it goes on. `work` is given a function that notes what is being done just now;
 * `isWell` tells from its result whether the step went well, where that is not said by an exception.
 * @returns what `work` returns.
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
const running = new Set();
let wasStopped = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    wasStopped = true;
    for (const child of running) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    if (running.size === 0) process.exit(signal === 'SIGINT' ? 130 : 143);
  });
}

/** Hands signals on to a child until it has ended. */
export function follow(child) {
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/**
 * Runs a program to its end; `note` hears its last line.
 * @returns the exit code and the last lines of what it printed. Never throws because of the exit code.
 */
export function run(command, args, { env = process.env, cwd, note = () => undefined } = {}) {
  return new Promise((resolve, reject) => {
    const child = follow(spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] }));
    const lines = [];
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text) => {
        const parts = (rest + text.replace(ESCAPES, '')).split('\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
          if (part.trim() === '') continue;
          lines.push(part.trimEnd());
          note(part);
        }
        if (lines.length > KEPT_LINES) lines.splice(0, lines.length - KEPT_LINES);
      });
      stream.on('end', () => rest.trim() !== '' && lines.push(rest.trimEnd()));
    }
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? 1, signal, lines }));
  });
}

/** Runs a program that must succeed. @throws Stop with the end of its output. */
export async function must(what, command, args, options) {
  const { code, lines } = await run(command, args, options);
  if (code !== 0 && lines.some((line) => NO_ROOM.test(line))) throw new Stop(DISK_FULL);
  if (code !== 0)
    throw new Stop(`${what} failed (${command.split('/').at(-1)} ended with code ${code}).`, lines.slice(-40));
  return lines;
}

/** Runs a whole command and turns what stops it into clear lines and an exit code. */
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

function describe(error) {
  if (error?.code === 'ENOSPC') return DISK_FULL;
  if (error?.code === 'EACCES' || error?.code === 'EPERM')
    return `Not permitted: ${error.message}. Give yourself the right to write there.`;
  return error?.stack ?? String(error);
}

import { isMainThread } from 'node:worker_threads';

/**
 * `node --import …/watch-parent.js program.js`: ends the program, the ordinary way, when whoever started it is gone,
 * however that one died: its end of our standard input closes.
 */
const GRACE_MS = 20_000;

function end(): void {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
}

if (isMainThread) {
  process.stdin.on('end', end).on('error', end);
  process.stdin.resume();
}

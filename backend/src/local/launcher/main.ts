import { LocalServerError } from '../support/child.js';
import { Launcher } from './launcher.js';
import { say } from './progress.js';

/** From here on a signal means that somebody is tired of waiting; earlier it is the same Ctrl-C arriving twice. */
const IMPATIENT_MS = 2_000;

const launcher = new Launcher({ ...process.env, YUDAI_WATCH_PARENT: undefined });
let endingSince: number | undefined;

function end(code: number): void {
  if (endingSince !== undefined) {
    if (Date.now() - endingSince < IMPATIENT_MS) return;
    launcher.kill();
    process.exit(1);
  }
  endingSince = Date.now();
  if (code === 0) say('Stopping …');
  launcher.stop().then(
    () => process.exit(code),
    (error: unknown) => {
      say(String(error));
      process.exit(1);
    },
  );
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
if (process.env['YUDAI_WATCH_PARENT'] === '1') {
  process.stdin.on('end', () => end(0)).on('error', () => end(0));
  process.stdin.resume();
}

try {
  await launcher.start();
} catch (error) {
  if (endingSince === undefined) {
    say(
      error instanceof LocalServerError ? error.message : error instanceof Error ? (error.stack ?? '') : String(error),
    );
    end(1);
  }
}

/** What a local server says of itself once it answers. */
export interface Started {
  readonly port: number;
  close(): Promise<void>;
}

/** A failure that a person can do something about; its message is shown as it is. */
export class LocalServerError extends Error {}

const CLOSE_MS = 8_000;

/**
 * Runs a local server as a child of the launcher: one JSON line `{"ready":true,"port":…}` on standard output when it
 * answers, a clean end on SIGTERM and SIGINT, and an end of its own when the parent is gone (its end of our standard
 * input closes, however the parent died).
 */
export async function runChild(name: string, start: () => Promise<Started>): Promise<void> {
  let server: Started | undefined;
  let ending = false;
  const end = (code: number): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(code || 1), CLOSE_MS).unref();
    (server?.close() ?? Promise.resolve()).then(
      () => process.exit(code),
      (error: unknown) => {
        process.stderr.write(`${name}: could not close cleanly: ${describe(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end(0));
  process.on('SIGINT', () => end(0));
  if (process.env['YUDAI_WATCH_PARENT'] === '1') {
    process.stdin.on('end', () => end(0)).on('error', () => end(0));
    process.stdin.resume();
  }
  try {
    server = await start();
    process.stdout.write(`${JSON.stringify({ ready: true, name, port: server.port, pid: process.pid })}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof LocalServerError ? error.message : `${name}: ${describe(error)}`}\n`);
    process.exit(1);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

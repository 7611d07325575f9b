import { createServer } from 'node:net';

/** Below the range that outgoing connections take theirs from, so that nobody takes a port before it is listened on. */
const LOWEST = 17_000;
/** Each of Jest's processes has a thousand of its own; there is room for eight below that range. */
const OWN = 1_000;
const given = new Set<number>();
const FIRST = LOWEST + OWN * (Number(process.env['JEST_WORKER_ID'] ?? 1) % 8);

/** A port of the loopback interface that nobody listens on. */
export async function reservePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * OWN);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

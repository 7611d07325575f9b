import { createServer } from 'node:net';

/** Below the range that outgoing connections take theirs from, so that nobody takes a port before it is listened on. */
const [FIRST, LAST] = [17_000, 25_000];

/** A port of the loopback interface that nobody listens on. */
export async function reservePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

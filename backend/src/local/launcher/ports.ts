import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from './json-file.js';

/** Below the range that outgoing connections take theirs from. */
const [FIRST, LAST] = [17_000, 29_000];
const kept = z.record(z.string(), z.number().int().min(1).max(65_535));

/** The loopback ports of a data folder's servers: the same at each start, as far as nobody else has taken them. */
export class Ports {
  private readonly file: string;
  private readonly ports: Record<string, number>;

  constructor(folder: string) {
    this.file = join(folder, 'ports.json');
    this.ports = read(this.file);
  }

  async of(name: string): Promise<number> {
    let port = this.ports[name];
    while (port === undefined || this.isTakenByAnother(name, port) || (await portFault(port)) !== undefined) {
      port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
      this.ports[name] = port;
      writeJson(this.file, this.ports);
    }
    return port;
  }

  private isTakenByAnother(name: string, port: number): boolean {
    return Object.entries(this.ports).some(([other, taken]) => other !== name && taken === port);
  }
}

/** What keeps us from listening on a port of loopback, as a system error code; undefined when nothing does. */
export function portFault(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'EUNKNOWN'));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(undefined)));
  });
}

/** Ports are only a convenience: damaged notes of them are made anew. */
function read(file: string): Record<string, number> {
  try {
    return kept.safeParse(readJson(file)).data ?? {};
  } catch {
    return {};
  }
}

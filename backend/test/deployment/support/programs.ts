import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where administrators' programs are, though a user's PATH may not say so. */
const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** Where a program is; undefined where this machine has none. */
export function find(program: string): string | undefined {
  return FOLDERS.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** Tests that need programs which a machine may not have: reported as skipped there, with the programs' names. */
export function withPrograms(programs: readonly string[], name: string, tests: () => void): void {
  const missing = programs.filter((program) => !find(program));
  if (missing.length === 0) describe(name, tests);
  else describe.skip(`${name} (not run: this machine has no ${missing.join(' and no ')})`, tests);
}

/** Whether `docker compose` of version 2 is here; it reads a file without a daemon. */
export function hasCompose(): boolean {
  try {
    return /^v?2\.|^v?[3-9]/.test(execFileSync('docker', ['compose', 'version', '--short'], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestProcess } from '../support/index.js';

/** Folders and processes of a test file; everything ends with it. */
export class Scratch {
  private readonly folders: string[] = [];
  private readonly processes: TestProcess[] = [];

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'yudai-local-'));
    this.folders.push(folder);
    return folder;
  }

  /** A local server in a process of its own. @throws Error with what it printed when it does not start */
  async start(name: 'postgres' | 'redis' | 'model' | 'forge', ...args: string[]): Promise<TestProcess> {
    const started = await TestProcess.start({ file: `backend/src/local/${name}/main.ts`, args });
    this.processes.push(started);
    return started;
  }

  /** What a server says that cannot start. */
  async refusal(name: 'postgres' | 'redis' | 'model' | 'forge', ...args: string[]): Promise<string> {
    return this.start(name, ...args).then(
      () => 'it started',
      (error: unknown) => (error as Error).message,
    );
  }

  async clear(): Promise<void> {
    for (const process of this.processes) await process.end('SIGKILL');
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true });
  }
}

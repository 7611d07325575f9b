import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { gitEnvironment } from '../../../platform/git/git.js';

const NEWLINE = 0x0a;

/** Reads blobs of a repository by their ids from one `git cat-file --batch`; one read at a time. */
export class BlobReader {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly chunks: AsyncIterator<Buffer>;
  private buffer: Buffer = Buffer.alloc(0);

  constructor(gitDir: string) {
    this.child = spawn('git', ['--git-dir', gitDir, 'cat-file', '--batch'], {
      env: gitEnvironment(),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.child.stdin.on('error', () => undefined);
    this.chunks = this.child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** @returns the blob's bytes; undefined when the repository does not hold it. */
  async read(oid: string): Promise<Buffer | undefined> {
    this.child.stdin.write(`${oid}\n`);
    const header = (await this.until(NEWLINE)).toString('utf8');
    const size = Number(/^\S+ blob (\d+)$/.exec(header)?.[1] ?? NaN);
    if (!Number.isFinite(size)) return undefined;
    const bytes = await this.exactly(size);
    await this.exactly(1);
    return bytes;
  }

  close(): void {
    this.child.kill('SIGKILL');
  }

  private async until(end: number): Promise<Buffer> {
    for (;;) {
      const at = this.buffer.indexOf(end);
      if (at >= 0) {
        const line = this.buffer.subarray(0, at);
        this.buffer = this.buffer.subarray(at + 1);
        return line;
      }
      await this.more();
    }
  }

  private async exactly(size: number): Promise<Buffer> {
    while (this.buffer.length < size) await this.more();
    const bytes = Buffer.from(this.buffer.subarray(0, size));
    this.buffer = this.buffer.subarray(size);
    return bytes;
  }

  private async more(): Promise<void> {
    const next = await this.chunks.next();
    if (next.done) throw new Error('git cat-file ended early');
    this.buffer = this.buffer.length === 0 ? next.value : Buffer.concat([this.buffer, next.value]);
  }
}

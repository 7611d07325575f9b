import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs';

const LARGEST_BYTES = 10 * 1_024 * 1_024;
const TAIL_BYTES = 4_000;
/** The first line of a stack trace. */
const ERROR = /^(?:\w+: )?(?:[A-Z]\w*)?Error\b.*: \S/;

/** What a child prints, appended to a file; one older file is kept. A disk that is full costs the log, not the child. */
export class LogFile {
  private readonly stream: WriteStream;
  private recent = '';

  constructor(readonly path: string) {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_BYTES) renameSync(path, `${path}.1`);
    this.stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
    this.stream.on('error', () => undefined);
  }

  write(text: string): void {
    this.recent = (this.recent + text).slice(-TAIL_BYTES);
    if (!this.stream.errored) this.stream.write(text);
  }

  /** Why a child did not start, as far as it has said so: its error, else its newest lines that are no log entries. */
  get lastWords(): string {
    const lines = this.recent.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('{'));
    return lines.findLast((line) => ERROR.test(line)) ?? lines.slice(-3).join(' ').trim();
  }

  forget(): void {
    this.recent = '';
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.stream.end(() => resolve()));
  }
}

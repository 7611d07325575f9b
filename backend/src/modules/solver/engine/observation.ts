import type { CommandResult } from '../sandbox/sandbox.js';

/** What the model is shown of a command's output, in characters; the middle of longer output is left out. */
const SHOWN = 10_000;
/** What is kept at all; a command that prints more is cut off here, so that memory stays bounded. */
const KEPT = 1_000_000;

/** Collects output in constant memory: its beginning, and as much of its end. */
export class OutputWindow {
  private head = '';
  private tail = '';
  private total = 0;

  constructor(private readonly size = KEPT) {}

  add(text: string): void {
    this.total += text.length;
    const room = this.size / 2 - this.head.length;
    if (room > 0) this.head += text.slice(0, room);
    if (text.length > room) this.tail = (this.tail + text.slice(Math.max(0, room))).slice(-this.size / 2);
  }

  get text(): string {
    return elide(this.head, this.tail, this.total - this.head.length - this.tail.length);
  }

  /** At most `most` characters, the beginning and the end in equal parts. */
  excerpt(most = SHOWN): string {
    const whole = this.head + this.tail;
    if (this.total <= most) return whole;
    return elide(whole.slice(0, most / 2), whole.slice(-most / 2), this.total - most);
  }
}

function elide(head: string, tail: string, missing: number): string {
  return missing > 0 ? `${head}\n… ${missing} characters left out …\n${tail}` : head + tail;
}

const ENDINGS: Record<NonNullable<CommandResult['ended']>, string> = {
  timeout: 'The command was stopped: its time was up.',
  cancelled: 'The command was stopped.',
  disk: 'The command was stopped: the work tree has grown over its limit. Remove what is not needed.',
};

/** What the model reads after a command. */
export function observation(result: CommandResult, output: OutputWindow): string {
  const ending = result.ended ? `\n${ENDINGS[result.ended]}` : '';
  return `exit code: ${result.exitCode}${ending}\noutput:\n${output.excerpt()}`;
}

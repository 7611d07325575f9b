/**
 * What the readers of an answer get to see of it, however many workers write it. A worker that takes an answer over begins it
 * anew; what an earlier one has told already is not told again as long as the words agree. Where they differ, readers are told
 * nothing more until the end, whose `done` has the whole answer: it always is what is stored.
 */
export class Recital {
  private written = '';
  private differs = false;

  constructor(
    /** What readers have seen so far. */
    private seen: string,
    private readonly tell: (text: string) => void,
  ) {}

  /** Takes in more of the answer. */
  write(text: string): void {
    this.written += text;
    if (this.differs || this.seen.startsWith(this.written)) return;
    this.differs = !this.written.startsWith(this.seen);
    if (this.differs) return;
    this.tell(this.written.slice(this.seen.length));
    this.seen = this.written;
  }

  /** The answer that this worker has written. */
  get whole(): string {
    return this.written;
  }

  /** What readers have before them: kept when the answer does not come to its end. */
  get told(): string {
    return this.seen;
  }
}

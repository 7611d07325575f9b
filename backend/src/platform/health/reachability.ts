const LONGEST_MS = 2_000;
const NOT_IMPLEMENTED = 501;
/** Whoever asks more often is told what was seen last: a server that is not ours is not to be asked all the time. */
const KEPT_MS = 3_000;

/** Whether something answers at a URL, whatever it says. Nothing secret is sent there. */
export class Reachability {
  private asked = -Infinity;
  private answer: Promise<void> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly reason: string,
  ) {}

  /** @throws Error with the reason */
  check(): Promise<void> {
    if (performance.now() - this.asked > KEPT_MS) {
      this.asked = performance.now();
      this.answer = this.ask();
      this.answer.catch(() => undefined);
    }
    return this.answer;
  }

  private async ask(): Promise<void> {
    try {
      const signal = AbortSignal.timeout(LONGEST_MS);
      const { status } = await fetch(this.url, { method: 'HEAD', redirect: 'manual', signal });
      if (status < 500 || status === NOT_IMPLEMENTED) return;
    } catch {
      // told below
    }
    throw new Error(this.reason);
  }
}

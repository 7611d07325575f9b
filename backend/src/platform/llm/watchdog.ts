/** Aborts a call that shows no sign of life for too long, or whose caller has lost interest. */
export class Watchdog {
  private readonly controller = new AbortController();
  private timer?: NodeJS.Timeout;
  /** Whether silence ended the call. */
  expired = false;

  constructor(
    private readonly patienceMs: number,
    private readonly caller: AbortSignal,
  ) {
    if (caller.aborted) this.onCaller();
    else caller.addEventListener('abort', this.onCaller, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Starts waiting for the next sign of life. */
  wait(): void {
    this.rest();
    this.timer = setTimeout(() => {
      this.expired = true;
      this.controller.abort();
    }, this.patienceMs);
  }

  /** Something came: no clock runs until the next `wait`, however long its reader takes. */
  rest(): void {
    clearTimeout(this.timer);
  }

  stop(): void {
    this.rest();
    this.caller.removeEventListener('abort', this.onCaller);
  }

  private readonly onCaller = (): void => this.controller.abort(this.caller.reason);
}

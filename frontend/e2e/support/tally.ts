/** Nobody looks at a silent terminal for longer than two seconds. */
const quiet = 1_700;

/** Counts tests as they end, and says what is being done meanwhile. */
export class Tally {
  passed = 0;
  failed = 0;
  readonly failures: string[] = [];
  private what: string;
  private since = Date.now();
  private readonly timer = setInterval(() => {
    console.log(`  ${this.what} … ${Math.round((Date.now() - this.since) / 1000)} s`);
  }, quiet);

  constructor(what: string) {
    this.what = what;
  }

  doing(what: string): void {
    this.what = what;
    this.since = Date.now();
    this.timer.refresh();
  }

  pass(): void {
    this.passed += 1;
    console.log(`✓ ${this.what} (${((Date.now() - this.since) / 1000).toFixed(1)} s)`);
  }

  fail(error: unknown): void {
    this.failed += 1;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const failure = `${this.what}\n${text.replace(/^/gm, '    ')}`;
    this.failures.push(failure);
    console.log(`✗ ${failure}`);
  }

  /** Says no more. */
  end(): void {
    clearInterval(this.timer);
  }
}

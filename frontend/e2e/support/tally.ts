import type { run } from 'node:test';

/** Nobody looks at a silent terminal for longer than two seconds. */
const quiet = 1_700;

/** Counts tests as they end, and says what is being done meanwhile. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  readonly failures: string[] = [];
  private what = '';
  private since = Date.now();
  private readonly timer = setInterval(() => {
    console.log(`  ${this.what} … ${Math.round((Date.now() - this.since) / 1000)} s`);
  }, quiet);

  doing(what: string): void {
    this.what = what;
    this.since = Date.now();
    this.timer.refresh();
  }

  /** Reads a run to its end, a line for each test. */
  async count(tests: ReturnType<typeof run>): Promise<void> {
    tests.on('test:start', ({ name }) => this.doing(name));
    tests.on('test:pass', ({ name, skip, details }) => {
      if (skip === undefined || skip === false) this.passed += 1;
      else this.skipped += 1;
      if (skip === undefined || skip === false) console.log(`✓ ${name} (${Math.round(details.duration_ms)} ms)`);
    });
    tests.on('test:fail', ({ name, details: { error } }) => {
      const { cause } = error;
      this.fail(`${name}\n${indented(cause instanceof Error ? (cause.stack ?? cause.message) : String(error))}`);
    });
    tests.resume();
    await new Promise((resolve, reject) => tests.once('end', resolve).once('error', reject));
  }

  fail(what: string): void {
    this.failed += 1;
    this.failures.push(what);
    console.log(`✗ ${what}`);
  }

  end(): void {
    clearInterval(this.timer);
  }
}

const indented = (text: string): string => text.replace(/^/gm, '    ');

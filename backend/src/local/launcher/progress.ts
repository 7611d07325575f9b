/** Nobody looks at a silent terminal for longer than two seconds. */
const QUIET_MS = 1_700;

/** Says what is waited for until it is there. */
export async function showing<T>(what: () => string, work: Promise<T>): Promise<T> {
  const begun = Date.now();
  const timer = setInterval(() => {
    process.stdout.write(`  ${what()} … ${Math.round((Date.now() - begun) / 1_000)} s\n`);
  }, QUIET_MS);
  return work.finally(() => clearInterval(timer));
}

/** A line that stays. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const PAUSE_MS = 50;
/** On a busy machine a worker takes its time; nothing here measures it. */
const LONGEST_MS = 90_000;

/**
 * Looks again until there is something to see.
 * @returns the first value that is neither undefined, null nor false
 * @throws Error naming what was waited for
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  longestMs = LONGEST_MS,
): Promise<T> {
  const end = Date.now() + longestMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`gave up waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

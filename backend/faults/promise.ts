/** Something that the product promises to keep while things around it fail. */
export interface Promised {
  /** A short name, by which it is asked for on the command line: `publish.killed`. */
  readonly name: string;
  /** What is promised, as a sentence without a figure. */
  readonly promise: string;
  /** @returns the figure that was measured; @throws when the promise was not kept, saying what was seen instead */
  run(at: Run): Promise<string>;
}

/** What a promise is run with. */
export interface Run {
  /** Numbers from 0 to 1, the same ones for the same SEED. */
  readonly random: () => number;
  /** Says what is being done; shown below the promise's name. */
  note(line: string): void;
}

/** @throws Error with `seen` when a promise was not kept */
export function must(kept: boolean, seen: string): asserts kept {
  if (!kept) throw new Error(seen);
}

/** A generator of numbers from 0 to 1 that anybody can have again (mulberry32, by Tommy Ettinger; public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A piece of the product that keeps a promise, and the test that must notice when it is gone. */
export interface Guard {
  /** What somebody would notice without it. */
  readonly without: string;
  /** From the workspace's root. */
  readonly file: string;
  /** The text that is taken out; it stands in the file exactly once. */
  readonly take: string;
  /** What stands there instead. */
  readonly put: string;
  /** The spec, and the beginning of its tests' names. */
  readonly test: string;
  readonly named: string;
  /** Counts on real servers only, and is not run elsewhere. */
  readonly real?: true;
}

/** @throws Error when the guard is not where it is said to be */
export function takenOut(source: string, { file, take, put }: Guard): string {
  const places = source.split(take).length - 1;
  if (places !== 1) throw new Error(`${file} holds it ${places} times: ${take}`);
  return source.replace(take, () => put);
}

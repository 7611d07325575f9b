import { setImmediate as nextTurn } from 'node:timers/promises';

/** Makes something of each of many texts, some of which may be long, and lets others go on in between. */
export async function inTurns<T, R>(items: readonly T[], make: (item: T, at: number) => R): Promise<R[]> {
  const made: R[] = [];
  for (const [at, item] of items.entries()) {
    await nextTurn();
    made.push(make(item, at));
  }
  return made;
}

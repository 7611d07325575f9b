import { createHash } from 'node:crypto';
import { v7 } from 'uuid';

/**
 * The same id for the same thing at the same time, in whichever process and however often: the entry is written once.
 * @param at Unix time in milliseconds
 */
export function onceId(at: number, parts: readonly unknown[]): string {
  const random = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  return v7({ msecs: at, random });
}

import { z } from 'zod';
import { DomainError } from '../errors/domain-error.js';

export const DEFAULT_LIMIT = 50;
export const MOST_LIMIT = 200;
const LONGEST_CURSOR = 500;

/** Query members of every list. Spread it into a module's own query schema. */
export const listQuery = {
  cursor: z.string().max(LONGEST_CURSOR).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_LIMIT).default(DEFAULT_LIMIT),
};

/** A page of a list, as the contract has it. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** Where a page ended: the sort key's values, opaque to clients. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** @throws DomainError `pagination.cursor` when the text was not made by `encodeCursor` with this many values. */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const sound =
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => typeof value === 'string' || typeof value === 'number');
    if (sound) return values;
  } catch {
    // falls through to the same answer as a cursor of the wrong shape
  }
  throw invalidCursor();
}

/** For lists that find the values in a cursor to be none of theirs. */
export function invalidCursor(): DomainError {
  return new DomainError(
    'invalid',
    'pagination.cursor',
    'The cursor is not one that this list gave out; start without one.',
    { fields: [{ path: 'cursor', message: 'not a cursor of this list' }] },
  );
}

/** Builds a page from `limit + 1` rows: the row too many only tells that there is more. */
export function page<Row, Item>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => readonly (string | number)[],
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(itemOf),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  };
}

/** A page of a list that is at hand whole; the cursor is the place in it. */
export function sliceAt<T>(
  all: readonly T[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Page<T> {
  const start = cursor === undefined ? 0 : Number(decodeCursor(cursor, 1)[0]);
  const end = start + limit;
  return { items: all.slice(start, end), nextCursor: end < all.length ? encodeCursor([end]) : null };
}

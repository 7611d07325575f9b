import { isId } from '../../platform/database/ids.js';
import { decodeCursor, invalidCursor } from '../../platform/http/pagination.js';

/** The id in a cursor of a list that is sorted by ids. */
export function idOfCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [id] = decodeCursor(cursor, 1);
  if (typeof id !== 'string' || !isId(id)) throw invalidCursor();
  return id;
}

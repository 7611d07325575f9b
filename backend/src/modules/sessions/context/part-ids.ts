import { isId } from '../../../platform/database/ids.js';
import { partFixed } from '../sessions.errors.js';

type Movable = 'card' | 'turn' | 'condensation';

/**
 * The ids of parts (`card:<id>`, `turn:<id>`, `condensation:<id>`) by kind; undefined for a list that was not given.
 * @throws DomainError `sessions.context-part` for other parts
 */
export function partIds(
  given: readonly string[] | undefined,
  kinds: readonly Movable[],
): Record<Movable, string[]> | undefined {
  if (!given) return undefined;
  const ids: Record<Movable, string[]> = { card: [], turn: [], condensation: [] };
  const wrong: string[] = [];
  for (const part of new Set(given)) {
    const [name, id = ''] = part.split(':', 2);
    const kind = kinds.find((each) => each === name);
    if (kind && isId(id)) ids[kind].push(id.toLowerCase());
    else wrong.push(part);
  }
  if (wrong.length > 0) throw partFixed(wrong);
  return ids;
}

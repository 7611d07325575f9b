import type { LeftOut } from '../entities/message.entity.js';
import type { PackedChatPart } from './prompt-packing.js';

/** More are not told one by one. */
const MOST = 50;

/** What of a prompt had no room, for those who read its answer; passages are as many as there is room for. */
export function leftOutOf(parts: readonly PackedChatPart[]): LeftOut[] {
  return parts
    .filter(({ part, state }) => state !== 'whole' && !part.dropped && part.kind !== 'span')
    .slice(0, MOST)
    .map(({ part: { id, kind, title }, state }) => ({
      ...{ id, kind, title },
      state: state === 'condensed' ? 'shortened' : 'omitted',
    }));
}

import type { Session } from '@yudai/sdk';

const DAY_MS = 86_400_000;
/** The contract's: so long before its end a session that nobody uses is warned of. */
const WARNED_DAYS = 14;

/** How the mark explains itself. */
export const ENDING_REASON = 'Nobody has used this session for a long time. Whatever is said or done in it keeps it.';

/** The mark of a session that is deleted soon because nobody uses it; undefined while that is far. `now` in milliseconds. */
export function endingMark({ expiresAt }: Pick<Session, 'expiresAt'>, now: number): string | undefined {
  const days = Math.ceil((Date.parse(expiresAt) - now) / DAY_MS);
  if (days > WARNED_DAYS) return undefined;
  return days > 1 ? `deleted in ${days} days` : 'deleted within a day';
}

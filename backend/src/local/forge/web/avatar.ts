import { createHash } from 'node:crypto';
import { type Answer, empty } from '../http/answer.js';
import type { Account } from '../state/accounts.js';
import { png } from './png.js';

const COLORS = ['0b6e99', '8a3ffc', 'b5430a', '1a7f37', '9f1853'] as const;
const GROUND = Buffer.from('f0f0f0', 'hex');
/** Five fields a side with a rim of half a field. */
const FIELD = 14;
const PIXELS = 6 * FIELD;

/** A picture as GitHub gives to those who have none: fields that mirror each other, by the account's number. */
export function avatar(account: Account | undefined): Answer {
  if (!account) return empty(404);
  const digest = createHash('sha256').update(String(account.id)).digest();
  const color = Buffer.from(COLORS[account.id % COLORS.length] ?? COLORS[0], 'hex');
  const field = (pixel: number): number => Math.floor((pixel - FIELD / 2) / FIELD);
  const isSet = (x: number, y: number): boolean => {
    const [column, row] = [field(x), field(y)];
    if (column < 0 || column > 4 || row < 0 || row > 4) return false;
    return ((digest[Math.min(column, 4 - column) * 5 + row] ?? 0) & 1) === 1;
  };
  return {
    status: 200,
    headers: {
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=3600',
    },
    body: png(PIXELS, [GROUND, color], isSet),
  };
}

import { type Answer, empty } from '../http/answer.js';
import type { Account } from '../state/accounts.js';

const COLORS = ['#0b6e99', '#8a3ffc', '#b5430a', '#1a7f37', '#9f1853'] as const;

/** A picture of somebody's initial. */
export function avatar(account: Account | undefined): Answer {
  if (!account) return empty(404);
  const color = COLORS[account.id % COLORS.length] ?? COLORS[0];
  const initial = /[A-Za-z0-9]/.exec(account.name)?.[0]?.toUpperCase() ?? '';
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80" width="80" height="80">
<rect width="80" height="80" fill="${color}"/>
<text x="40" y="55" font-family="sans-serif" font-size="42" text-anchor="middle" fill="#fff">${initial}</text>
</svg>
`;
  return {
    status: 200,
    headers: {
      'content-type': 'image/svg+xml',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=3600',
    },
    body,
  };
}

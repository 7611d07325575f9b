import type { Guard } from '../guard.js';

const GITHUB = 'backend/src/modules/github';
const LEDGER = 'backend/test/github/ledger.spec.ts';
const OUTGOING = 'backend/test/github/outgoing.spec.ts';
const GRANT = 'backend/test/auth/grant.spec.ts';
const MIRRORS = 'backend/test/github/mirrors.spec.ts';
const DELIVERIES = 'backend/test/github/deliveries.spec.ts';
const WEBHOOKS = 'backend/test/github/webhooks.spec.ts';

/** What is asked of GitHub, and what comes from there. */
export const GITHUB_GUARDS: readonly Guard[] = [
  {
    without: 'writes of a token would follow each other at once',
    file: `${GITHUB}/api/ledger/scripts.ts`,
    take: 'local pause = gap > 0 and number(6) + gap - now or 0',
    put: 'local pause = 0',
    test: LEDGER,
    named: 'writes are a second apart',
    real: true,
  },
  {
    without: 'jobs would go before people',
    file: `${GITHUB}/api/ledger/scripts.ts`,
    take: 'class * 1e14 + now',
    put: 'now',
    test: LEDGER,
    named: 'people go before jobs',
  },
  {
    without: 'a pause that GitHub asked for would be forgotten',
    file: `${GITHUB}/api/ledger/scripts.ts`,
    take: "redis.call('HSET', KEYS[1], 'pausedUntil', string.format('%.0f', now + pause), 'why', ARGV[6])",
    put: '',
    test: LEDGER,
    named: 'a secondary limit holds for every process',
  },
  {
    without: 'jobs would use up the hour of people',
    file: `${GITHUB}/api/ledger/rate-ledger.ts`,
    take: 'const KEPT_FOR_PEOPLE = 0.1;',
    put: 'const KEPT_FOR_PEOPLE = 0;',
    test: LEDGER,
    named: 'a part of the hour is kept for people',
  },
  {
    without: 'a write whose answer was lost would be sent again',
    file: `${GITHUB}/api/github-client.ts`,
    take: '} else if (isRead(order.name) && attempt < READ_TRIES && isPassing(error)) {',
    put: '} else if (attempt < READ_TRIES && isPassing(error)) {',
    test: LEDGER,
    named: 'a write is sent once',
  },
  {
    without: 'a redirect would be followed to wherever it leads',
    file: 'backend/src/platform/http/same-origin-fetch.ts',
    take: 'next?.origin === url.origin && ',
    put: '',
    test: OUTGOING,
    named: 'does not follow a 302 of the API',
  },
  {
    without: 'git would follow a redirect to wherever it leads',
    file: `${GITHUB}/git/git-remote.ts`,
    take: "'http.followRedirects': 'false',",
    put: "'http.followRedirects': 'true',",
    test: OUTGOING,
    named: 'git does not follow a 302',
  },
  {
    without: 'a token would be renewed by every process at once',
    file: 'backend/src/modules/auth/github-tokens.ts',
    take: 'if (lease) return this.renew(userId, lease);',
    put: "return this.renew(userId, lease ?? { table: 'github_tokens', id: row.id, fence: row.fence });",
    test: GRANT,
    named: 'is renewed once when a hundred calls',
    real: true,
  },
  {
    without: 'a token that the user took back would go on being used',
    file: `${GITHUB}/webhooks/webhook-effects.ts`,
    take: 'await this.tokens.drop(tx, user.id);',
    put: '',
    test: GRANT,
    named: 'that the user took back is used no more',
  },
  {
    without: 'the source of a repository would stay on disk after the App was taken off',
    file: `${GITHUB}/webhooks/webhook-worker.service.ts`,
    take: 'for (const repositoryId of withdrawn) await this.mirrors.remove(repositoryId);',
    put: 'void withdrawn;',
    test: MIRRORS,
    named: 'go when the App is taken off an account',
  },
  {
    without: 'a delivery that was given up would be lost though GitHub sends it again',
    file: `${GITHUB}/repositories/webhooks.repository.ts`,
    take: 'ON CONFLICT (id) DO UPDATE SET failed_at = NULL, attempts = 0, run_after = now()\n        WHERE webhook_deliveries.failed_at IS NOT NULL`',
    put: 'ON CONFLICT (id) DO NOTHING`',
    test: DELIVERIES,
    named: 'that were given up are processed',
  },
  {
    without: 'anybody could send webhooks',
    file: `${GITHUB}/webhooks/webhook-signature.guard.ts`,
    take: "if (!constantTimeEqual(req.get('x-hub-signature-256') ?? '', `sha256=${expected}`)) throw badSignature();",
    put: 'void expected;',
    test: WEBHOOKS,
    named: 'webhooks are refused with one of other bytes',
  },
  {
    without: 'a delivery that comes again would have its effect again',
    file: `${GITHUB}/webhooks/webhook-worker.service.ts`,
    take: 'if (!delivery || delivery.processedAt || delivery.failedAt) return;',
    put: 'if (!delivery || delivery.failedAt) return;',
    test: WEBHOOKS,
    named: 'webhooks that come twice are processed once',
  },
  {
    without: 'a delivery whose job was lost would never be processed',
    file: `${GITHUB}/repositories/webhooks.repository.ts`,
    take: 'WHERE processed_at IS NULL AND failed_at IS NULL AND run_after',
    put: 'WHERE false AND run_after',
    test: DELIVERIES,
    named: 'that came while no worker ran',
  },
];

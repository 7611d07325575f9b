import type { Guard } from '../guard.js';

/** What comes from GitHub and from elsewhere, and what is shown to browsers. */
export const OUTSIDE: readonly Guard[] = [
  {
    without: 'anybody could send webhooks',
    file: 'backend/src/modules/github/webhooks/webhook-signature.guard.ts',
    take: "if (!constantTimeEqual(req.get('x-hub-signature-256') ?? '', `sha256=${expected}`)) throw badSignature();",
    put: 'void expected;',
    test: 'backend/test/github/webhooks.spec.ts',
    named: 'webhooks are taken when they are signed',
  },
  {
    without: 'a lost reply would make a second issue',
    file: 'backend/src/modules/issues/publishing/publish-worker.service.ts',
    take: "if (found) return this.recorder.published(held, found, { repository, how: 'found' });",
    put: 'void found;',
    test: 'backend/test/issues/publishing.spec.ts',
    named: 'finds the issue of an attempt whose reply was lost',
  },
  {
    without: 'the same key could do something else',
    file: 'backend/src/platform/http/idempotency.interceptor.ts',
    take: 'if (known && known.requestHash !== request.requestHash) throw mismatch();',
    put: '',
    test: 'backend/test/platform/idempotency.spec.ts',
    named: 'another body under the same key',
  },
  {
    without: 'a page could run what a stranger wrote',
    file: 'backend/src/platform/http/security-headers.ts',
    take: 'scriptSrc: ["\'self\'", nonce],',
    put: 'scriptSrc: ["\'self\'", "\'unsafe-inline\'"],',
    test: 'backend/test/surface/headers.spec.ts',
    named: 'lets a page run and load nothing but what we serve',
  },
  {
    without: 'a cell of the export could be a formula',
    file: 'backend/src/modules/audit/csv.ts',
    take: "const text = FORMULA.test(value) ? `'${value}` : value;",
    put: 'const text = FORMULA.test("") ? "" : value;',
    test: 'backend/src/modules/audit/csv.spec.ts',
    named: '',
  },
];

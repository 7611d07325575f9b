import type { Guard } from './guard.js';
import { RIGHTS } from './rights.js';

/** Each guard of the product that is taken out in turn. */
export const GUARDS: readonly Guard[] = [
  ...RIGHTS,
  {
    without: 'a page of another origin could write with a cookie',
    file: 'backend/src/modules/auth/guards/auth.guard.ts',
    take: "if (principal.via === 'cookie' && !isFromTrustedPage(req, this.config)) throw crossSite();",
    put: '',
    test: 'backend/test/auth/logins.spec.ts',
    named: 'write only for our own page',
  },
];

import type { Guard } from '../guard.js';

const SIGN_IN = 'backend/test/auth/sign-in.spec.ts';
const LOGINS = 'backend/test/auth/logins.spec.ts';
const AUTH = 'backend/src/modules/auth';

/** Getting in, and staying in. */
export const SIGN_INS: readonly Guard[] = [
  {
    without: "another browser's state could be used",
    file: `${AUTH}/sign-in/oauth-state.store.ts`,
    take: 'if (!constantTimeEqual(begun.browserHash, sha256Hex(browser))) return null;',
    put: '',
    test: SIGN_IN,
    named: 'takes a state once',
  },
  {
    without: 'a state would work for ever',
    file: `${AUTH}/sign-in/oauth-state.store.ts`,
    take: 'if (!begun || browser === undefined || begun.expiresAt <= new Date()) return null;',
    put: 'if (!begun || browser === undefined) return null;',
    test: SIGN_IN,
    named: 'takes a state for ten minutes',
  },
  {
    without: 'signing in could lead to another site',
    file: `${AUTH}/sign-in/return-path.ts`,
    take: "if (!wanted.startsWith('/') || wanted.startsWith('//') || TREACHEROUS.test(wanted)) return '/';",
    put: '',
    test: 'backend/src/modules/auth/sign-in/return-path.spec.ts',
    named: '',
  },
  {
    without: 'a login would never end',
    file: `${AUTH}/logins/logins.service.ts`,
    take: 'if (!found || found.login.expiresAt <= now || found.login.lastUsedAt <= oldestUse(this.config)) return null;',
    put: 'if (!found) return null;',
    test: LOGINS,
    named: 'end by idling and by their age',
  },
  {
    without: 'what is open would outlive the login',
    file: `${AUTH}/logins/logins.service.ts`,
    take: 'await this.revocations.announce(`login:${login.id}`);',
    put: '',
    test: LOGINS,
    named: 'signing out ends the login at once',
  },
  {
    without: 'the browser that was signed in before would stay so under its old secret',
    file: `${AUTH}/logins/logins.service.ts`,
    take: "if (found) await this.end(found.login, 'replaced');",
    put: 'void found;',
    test: SIGN_IN,
    named: 'gives a new secret every time',
  },
  {
    without: 'an API token would never run out',
    file: `${AUTH}/tokens/api-tokens.service.ts`,
    take: 'if (!found || found.token.expiresAt <= now) return null;',
    put: 'if (!found) return null;',
    test: 'backend/test/auth/tokens.spec.ts',
    named: 'API tokens run out',
  },
];

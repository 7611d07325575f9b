import type { Guard } from '../guard.js';
import { AUDIT } from './audit.js';
import { CLIENT } from './client.js';
import { EVALUATIONS } from './evaluations.js';
import { EXACTLY_ONCE } from './exactly-once.js';
import { GITHUB_GUARDS } from './github.js';
import { LIMITS } from './limits.js';
import { PACKAGES_LET_IN } from './packages.js';
import { PROMPTS } from './prompts.js';
import { RIGHTS } from './rights.js';
import { SIGN_INS } from './sign-in.js';
import { SURFACE } from './surface.js';

/** Each guard of the product that is taken out in turn. */
export const GUARDS: readonly Guard[] = [
  ...RIGHTS,
  ...SIGN_INS,
  ...LIMITS,
  ...GITHUB_GUARDS,
  ...EXACTLY_ONCE,
  ...AUDIT,
  ...SURFACE,
  ...PROMPTS,
  ...EVALUATIONS,
  ...CLIENT,
  ...PACKAGES_LET_IN,
];

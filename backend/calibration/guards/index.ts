import type { Guard } from '../guard.js';
import { AUDIT } from './audit.js';
import { GITHUB_GUARDS } from './github.js';
import { LIMITS } from './limits.js';
import { OUTSIDE } from './outside.js';
import { RIGHTS } from './rights.js';
import { SIGN_INS } from './sign-in.js';

/** Each guard of the product that is taken out in turn. */
export const GUARDS: readonly Guard[] = [...RIGHTS, ...SIGN_INS, ...OUTSIDE, ...LIMITS, ...AUDIT, ...GITHUB_GUARDS];

import { namedValues, type NamedValue } from './named-values.js';
import { isRandom, isRandomExpression, isRandomPassword } from './randomness.js';
import { AFTER_PREFIX, CREDENTIAL, IN_ADDRESS } from './secret-forms.js';

/** Shorter ones are looked for only under the name of a password, and have to be of more kinds of characters. */
const LONG = 16;

/**
 * Whether a text holds a credential: told by its form, or by a random value with a credential's name. A false alarm takes a
 * whole file out of the index, so `password = "correct horse"`, a call and a placeholder are none.
 */
export function holdsSecret(text: string): boolean {
  if (CREDENTIAL.test(text)) return true;
  for (const [, value] of text.matchAll(AFTER_PREFIX)) if (isRandom(value ?? '')) return true;
  for (const [, password] of text.matchAll(IN_ADDRESS)) if (isRandom(password ?? '')) return true;
  for (const named of namedValues(text)) if (isCredential(named)) return true;
  return false;
}

function isCredential({ value, written, chosen }: NamedValue): boolean {
  if (value.length < LONG) return chosen && isRandomPassword(value);
  if (written === 'quoted') return isRandom(value);
  return isRandomExpression(value);
}

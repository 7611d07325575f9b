import { isMeant } from './placeholders.js';

/** Bits a character; text and names repeat themselves more. */
const LEAST_ENTROPY = 2.9;
/**
 * Share of neighbours of different kinds (`a1`, `1B`, `Ba`): in random base62 it is 0.62, in random hex 0.47, in a name of
 * several words up to 0.35. Few names have two digits, so less is asked of what has.
 */
const LEAST_CHANGES = { withDigits: 0.28, without: 0.42 };
const DIGITS = 2;
/** Of what is not in quotes, or is short, more is asked: code has names with digits and signs between them. */
const CHANGES_OF_PASSWORDS = { withDigits: 0.45, without: 0.6 };
const CHANGES_OF_SIGNED = 0.42;
const SIGN = /[$!@#%^&*:?.]/;
/** `a && b`, `a->b`, `$a.b`, `@name`, and names that are written in one case. */
const EXPRESSION =
  /&&|==|!=|->|::|^[$@&*!]{0,2}[A-Za-z_$][\w$]*(?:\??[.:][\w$]+)+$|^[$@&*!]{1,2}\w+$|^(?=.*_)(?:[a-z0-9_]+|[A-Z0-9_]+)$/;

/** Whether a value was made by a machine to be guessed by nobody, as far as its characters tell. */
export function isRandom(value: string): boolean {
  return !isMeant(value) && isMixed(value, LEAST_CHANGES) && entropyOf(value) >= LEAST_ENTROPY;
}

/** For a value without quotes, which may be a part of a program. */
export function isRandomExpression(value: string): boolean {
  if (EXPRESSION.test(value)) return false;
  return isRandom(value) && (!SIGN.test(value) || changesOf(value) >= CHANGES_OF_SIGNED);
}

/** For a value of 12 to 15 characters: small letters, big ones and digits, in no order. */
export function isRandomPassword(value: string): boolean {
  const kinds = /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);
  return kinds && isMixed(value, CHANGES_OF_PASSWORDS) && isRandomExpression(value);
}

/** Shannon's, in bits a character. */
function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / value.length) * Math.log2(count / value.length), 0);
}

function isMixed(value: string, least: typeof LEAST_CHANGES): boolean {
  const digits = value.replace(/\D/g, '').length;
  return changesOf(value) >= (digits >= DIGITS ? least.withDigits : least.without);
}

function changesOf(value: string): number {
  let changes = 0;
  for (let at = 1; at < value.length; at++) if (kindOf(value.charAt(at)) !== kindOf(value.charAt(at - 1))) changes++;
  return changes / (value.length - 1);
}

function kindOf(character: string): number {
  if (/\d/.test(character)) return 0;
  if (/[a-z]/.test(character)) return 1;
  return /[A-Z]/.test(character) ? 2 : 3;
}

/** Bits a character; text and names repeat themselves more. */
const LEAST_ENTROPY = 2.9;
/**
 * Share of neighbours of different kinds (`a1`, `1B`, `Ba`): in random base62 it is 0.62, in random hex 0.47, in a name of
 * several words up to 0.35. Few names have two digits, so less is asked of what has.
 */
const LEAST_CHANGES = { withDigits: 0.28, without: 0.42 };
const DIGITS = 2;
/** What people write where a value belongs. */
const PLACEHOLDER =
  /example|sample|dummy|fake|mock|test|changeme|change_me|placeholder|your[-_]?|insert|redacted|x{4}|\*{3}|\.{3}|0{5}|12345|abcd|deadbeef|\$\{|\{\{|%\(|<[a-z]/i;

/** Whether a value was made by a machine to be guessed by nobody, as far as its characters tell. */
export function isRandom(value: string): boolean {
  if (PLACEHOLDER.test(value)) return false;
  const digits = value.replace(/\D/g, '').length;
  const least = digits >= DIGITS ? LEAST_CHANGES.withDigits : LEAST_CHANGES.without;
  return changesOf(value) >= least && entropyOf(value) >= LEAST_ENTROPY;
}

/** Shannon's, in bits a character. */
function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / value.length) * Math.log2(count / value.length), 0);
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

const STOP_WORDS = new Set(
  (
    'a about after all also am an and any are as at be been before being but by can could did do does doing done for ' +
    'from get got had has have having how i if in into is it its just like make me more most much my no not of on one ' +
    'only or other our out over own please show so some such tell than that the their them then there these they ' +
    'this those through to too under up us use used using very want was we were what when where which while who why ' +
    'will with would you your code file files function line lines repository repo explain find'
  ).split(' '),
);

/** Plural and verb endings, then what is left of them: `pages`, `paging`, `paged` and `page` are one. */
const PLURAL = /(?<=(?:s|x|z|ch|sh))es$|(?<!s)s$/;
const ENDING = /(?:ing|ed|ion|or|er|ly)$/;
const SHORTEST_STEM = 3;

/**
 * The words of a text by which it is compared, each stem with the word as it first stands there: identifiers taken
 * apart, lower case, without endings and without words that stand everywhere.
 */
export function terms(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const apart = text.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  for (const word of apart.match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (word.length < 2 || STOP_WORDS.has(word)) continue;
    const short = stem(word);
    if (!found.has(short)) found.set(short, word);
  }
  return found;
}

function stem(word: string): string {
  const singular = word.replace(PLURAL, '');
  const short = singular.replace(ENDING, '');
  const kept = short.length >= SHORTEST_STEM ? short : singular;
  return kept.length > SHORTEST_STEM ? kept.replace(/e$/, '').replace(/([^aeiou])\1$/, '$1') : kept;
}

const STOP_WORDS = new Set(
  (
    'a about after all also am an and any are as at be been before being but by can could did do does doing done for ' +
    'from get got had has have having how i if in into is it its just like make me more most much my no not of on one ' +
    'only or other our out over own please show so some such tell than that the their them then there these they ' +
    'this those through to too under up us use used using very want was we were what when where which while who why ' +
    'will with would you your code file files function line lines repository repo explain find'
  ).split(' '),
);

/** Endings that the same word has in questions and not in code. */
const ENDINGS = /(?:ings?|ed|es|s|ation|ions?|er|ers|ly)$/;
const SHORTEST_STEM = 3;

/**
 * The words of a text by which it is compared: identifiers taken apart, lower case, without their endings and without
 * words that stand everywhere.
 */
export function words(text: string): string[] {
  const apart = text.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  return (apart.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 1 && !STOP_WORDS.has(word)).map(stem);
}

function stem(word: string): string {
  const short = word.replace(ENDINGS, '');
  return short.length >= SHORTEST_STEM ? short.replace(/(.)\1$/, '$1') : word;
}

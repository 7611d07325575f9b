const ENGLISH = /^[a-z]{4,}$/;
const VOWEL = /[aeiouy]/;

/**
 * One form for the forms of an English word, so that "parsed requests" finds `parseRequest`: plural, -ing and -ed, and the
 * e at the end go. Not a word, and not always right: it only has to be the same for what is stored and what is asked.
 */
export function stem(word: string): string {
  return ENGLISH.test(word) ? withoutE(withoutEnding(withoutPlural(word))) : word;
}

function withoutPlural(word: string): string {
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word;
  if (/(?:[sxz]|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^siu]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutEnding(word: string): string {
  const rest = word.replace(/(?:ing|ed)$/, '');
  if (rest === word || rest.length < 3 || !VOWEL.test(rest)) return word;
  return /([^aeiouyls])\1$/.test(rest) ? rest.slice(0, -1) : rest;
}

function withoutE(word: string): string {
  return word.length > 3 && word.endsWith('e') ? word.slice(0, -1) : word;
}

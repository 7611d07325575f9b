import { stem } from './stem.js';

/** An identifier, a word or a number in running text. */
const TOKEN = /[\p{L}\p{N}\p{M}_$]+/gu;
/** Inside an identifier: `parseHTMLPage2` → parse, HTML, Page, 2. */
const PART = /\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\p{Lu}+|\p{N}+/gu;
/** Scripts that put no spaces between words. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{3,}$/u;
const LONGEST = 60;

/** The word forms of one identifier: the stems of its parts, and the whole without separators when there are several. */
function wordForms(identifier: string): string[] {
  const parts = (identifier.match(PART) ?? []).map((part) => part.toLowerCase().slice(0, LONGEST));
  const whole = parts.join('').slice(0, LONGEST);
  return [...(parts.length > 1 ? [whole] : []), ...parts.flatMap(searched)];
}

/** The forms under which a word is found. */
function searched(word: string): string[] {
  return UNSPACED.test(word) ? [word, ...pairs(word)] : [stem(word)];
}

function pairs(word: string): string[] {
  const characters = [...word];
  return characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`);
}

/** Every word form of a text in order, as full-text search stores it. `parse_todo` and `parseTodo` give the same. */
export function codeWords(text: string): string[] {
  return (text.normalize('NFKC').match(TOKEN) ?? []).flatMap(wordForms);
}

/** Words of questions and issues that name nothing in code. */
const COMMON = new Set(
  codeWords(
    'a about after all also am an and any are as at be because been before being but by can could did do does doing done for from ' +
      'get gets got had has have having he her here him his how i if in into is it its just like make me more most my no not now of ' +
      'on only or other our out over please same see she should so some such than that the their them then there these they this ' +
      'those to too up us use used using very was we were what when where which while who why will with would you your',
  ),
);

/** The word forms of a question that are worth looking for, as often as they appear. */
export function queryWords(query: string): string[] {
  return codeWords(query).filter((word) => word.length > 1 && !COMMON.has(word));
}

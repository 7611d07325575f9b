import { codeWords } from '../text/code-words.js';

/** Text in a code that an issue repeats: between quotation marks, or what follows the name of an error. */
export interface Quote {
  /** As it stands. */
  readonly text: string;
  /** Its words, for finding where it may stand. */
  readonly words: readonly string[];
}

const QUOTED = /[`"“']([^`"”'\n]{8,120})[`"”']/g;
const ERROR = /(?:Error|Exception|panic|WARN|ERROR)[:\s]+(.{12,160})/g;
/** What a message has in the middle differs from one time to the next. */
const VARIABLE = /["'`:<>{}()[\]\d]+/;
const LEAST = { characters: 14, words: 3 };
const MOST = { quotes: 12, characters: 20_000 };

export function quotedIn(text: string): Quote[] {
  const read = text.slice(0, MOST.characters);
  const quoted = [...read.matchAll(QUOTED)].map(([, inner = '']) => inner.trim());
  const messages = [...read.matchAll(ERROR)].flatMap(([, message = '']) => [message.trim(), ...partsOf(message)]);
  const telling = [...new Set([...quoted, ...messages])].filter((found) => /[ _.-]|\p{Ll}\p{Lu}/u.test(found));
  return telling
    .slice(0, MOST.quotes)
    .map((found) => ({ text: found, words: [...new Set(codeWords(found))] }))
    .filter(({ words }) => words.length > 0);
}

function partsOf(message: string): string[] {
  const parts = message.split(VARIABLE).map((part) => part.trim());
  return parts.filter((part) => part.length >= LEAST.characters && part.split(' ').length >= LEAST.words);
}

import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type * as Encoding from 'gpt-tokenizer/encoding/o200k_base';

let loaded: typeof Encoding | undefined;

/** 200,000 words, which no start needs to wait for: they are read at the first text. */
function encoding(): typeof Encoding {
  loaded ??= createRequire(import.meta.url)('gpt-tokenizer/encoding/o200k_base') as typeof Encoding;
  return loaded;
}

/** Repository text may spell out control tokens; they are counted as the plain text they are. */
const PLAIN = { disallowedSpecial: new Set<string>() };

/**
 * Byte-pair merging takes time quadratic in the length of a run of one kind of character (200,000 times `=`: 20 s).
 * Longer runs are cut there, which changes a count by one token a cut at most.
 */
const LONGEST_RUN = 256;
const LONG_RUN = new RegExp(
  ['[\\p{L}\\p{M}]', '\\s', '[^\\s\\p{L}\\p{N}]'].map((kind) => `${kind}{${LONGEST_RUN}}(?=${kind})`).join('|'),
  'gu',
);

function* pieces(text: string): Generator<string> {
  let from = 0;
  if (text.length > LONGEST_RUN) {
    for (const run of text.matchAll(LONG_RUN)) {
      const to = run.index + run[0].length;
      yield text.slice(from, to);
      from = to;
    }
  }
  yield text.slice(from);
}

/** Number of tokens of a text in the o200k vocabulary; other vocabularies differ by some percent. */
export function countTokens(text: string): number {
  let tokens = 0;
  for (const piece of pieces(text)) tokens += encoding().countTokens(piece, PLAIN);
  return tokens;
}

/** Others wait no longer than this while a long text is counted. */
const LONGEST_WAIT_MS = 10;
/** A text of so many characters is counted in less. */
const SHORT = 1_000;

/** As `countTokens`, but not further than `most`, and never for long without a break: undefined for a text that has more. */
export async function countTokensWithin(text: string, most: number): Promise<number | undefined> {
  if (text.length > SHORT) await nextTurn();
  let since = performance.now();
  let tokens = 0;
  for (const piece of pieces(text)) {
    for (const word of encoding().encodeGenerator(piece, PLAIN)) {
      tokens += word.length;
      if (tokens > most) return undefined;
      if (performance.now() - since < LONGEST_WAIT_MS) continue;
      await nextTurn();
      since = performance.now();
    }
  }
  return tokens > most ? undefined : tokens;
}

/** As `countTokens`, of a text that may be long: nobody else waits for it. */
export async function countTokensInTurns(text: string): Promise<number> {
  const tokens = await countTokensWithin(text, Infinity);
  if (tokens === undefined) throw new TypeError('a text has more tokens than there are numbers');
  return tokens;
}

/** The longest beginning of `text` that has at most `maxTokens` tokens; never half a character. */
export function truncateToTokens(text: string, maxTokens: number): string {
  let left = maxTokens;
  let kept = 0;
  for (const piece of pieces(text)) {
    const tokens = tokensUpTo(piece, left);
    if (tokens.length > left) return text.slice(0, kept) + beginning(piece, tokens.slice(0, Math.max(left, 0)));
    left -= tokens.length;
    kept += piece.length;
  }
  return text;
}

/** All tokens of a text, or so many of the first that they are more than `most`: the rest of a long text costs nothing. */
function tokensUpTo(text: string, most: number): number[] {
  const tokens: number[] = [];
  for (const word of encoding().encodeGenerator(text, PLAIN)) {
    tokens.push(...word);
    if (tokens.length > most) break;
  }
  return tokens;
}

/** A token may end inside a character; such tokens are dropped from the end. */
function beginning(text: string, tokens: number[]): string {
  for (let end = tokens.length; end > 0; end -= 1) {
    const head = decoded(tokens.slice(0, end));
    if (text.startsWith(head)) return head;
  }
  return '';
}

/** A character of several tokens that are none by themselves. */
const WHOLE = '𓀀';

/** The library keeps the half of a character with which a decoding ended for the next one: a whole one takes it along. */
function decoded(tokens: number[]): string {
  encoding().decode(encoding().encode(WHOLE, PLAIN));
  return encoding().decode(tokens);
}

/** Counts and cuts texts by tokens. */
@Injectable()
export class Tokenizer {
  count(text: string): number {
    return countTokens(text);
  }

  truncate(text: string, maxTokens: number): string {
    return truncateToTokens(text, maxTokens);
  }
}

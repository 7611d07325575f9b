import type { CutChunk, CutFile } from '../model/thread-protocol.js';
import { chunkText } from './chunker.js';
import { codeWords } from './code-words.js';
import { linesOf } from './lines.js';

/** The model reads 256 tokens: two that frame every text, what tells where it stands, and the text. */
const CHUNK_TOKENS = 210;
const CONTEXT_TOKENS = 44;
const CONTEXT_CHARACTERS = 160;

/** What a file becomes: its chunks, each with the words for full-text search and what the model is to read. */
export function cutFile(name: string, text: string, countTokens: (text: string) => number): CutFile {
  const chunks = chunkText(name, text, { countTokens, maxTokens: CHUNK_TOKENS }).map((chunk): CutChunk => {
    const context = contextOf(name, chunk.symbol, countTokens);
    const words = codeWords(`${name} ${chunk.symbol ?? ''}\n${chunk.text}`).join(' ');
    return { ...chunk, words, input: `${context}\n${chunk.text}` };
  });
  return { tokens: linesOf(text).reduce((total, line) => total + countLine(line, countTokens), 0), chunks };
}

/** `store.js Store.save`, as far as there is room. */
function contextOf(name: string, symbol: string | null, countTokens: (text: string) => number): string {
  const parts = [name, symbol ?? ''].map((part) => part.slice(0, CONTEXT_CHARACTERS / 2));
  let context = parts.join(' ').trim();
  while (countTokens(context) > CONTEXT_TOKENS) context = context.slice(0, Math.floor(context.length / 2));
  return context;
}

const PART = 4_000;

/** The tokenizer takes a word of a megabyte for one token; a person would not. */
function countLine(line: string, countTokens: (text: string) => number): number {
  let tokens = 0;
  for (let at = 0; at < line.length; at += PART) tokens += countTokens(line.slice(at, at + PART));
  return tokens;
}

import type { CutChunk, CutFile } from '../model/thread-protocol.js';
import { type ChunkText, chunkText } from './chunker.js';
import { codeWords } from './code-words.js';
import { linesOf } from './lines.js';
import { outlineOf } from './outline/outline.js';

/** The model reads 256 tokens: two that frame every text, what tells where it stands, and the text. */
const CHUNK_TOKENS = 210;
const CONTEXT_TOKENS = 44;
const CONTEXT_CHARACTERS = 160;

/** What a file becomes: its chunks, each with the words for full-text search and what the model is to read. */
export async function cutFile(name: string, text: string, count: (text: string) => number): Promise<CutFile> {
  const countTokens = rememberedCount(count);
  const outline = await outlineOf(name, text, linesOf(text));
  const chunks = chunkText(text, outline, { countTokens, maxTokens: CHUNK_TOKENS }).map((chunk): CutChunk => {
    const nameWords = codeWords([chunk.symbol ?? '', ...chunk.names].join(' ')).join(' ');
    const input = `${contextOf(name, chunk, countTokens)}\n${chunk.text}`;
    return { ...chunk, nameWords, words: codeWords(chunk.text).join(' '), input };
  });
  return { tokens: linesOf(text).reduce((total, line) => total + countLine(line, countTokens), 0), chunks };
}

/** `store.js Store.save` and, in the middle of a definition, the line on which that begins; as far as there is room. */
function contextOf(name: string, { symbol, signature }: ChunkText, countTokens: (text: string) => number): string {
  const place = [name, symbol ?? ''].map((part) => part.slice(0, CONTEXT_CHARACTERS / 2)).join(' ');
  let context = [place.trim(), ...(signature === null ? [] : [signature])].join('\n');
  while (countTokens(context) > CONTEXT_TOKENS) context = context.slice(0, Math.floor(context.length * 0.8));
  return context;
}

/** Each line is counted for its chunk and for the file, and many a line of code stands in it again and again. */
function rememberedCount(count: (text: string) => number): (text: string) => number {
  const counted = new Map<string, number>();
  return (text) => {
    const tokens = counted.get(text) ?? count(text);
    counted.set(text, tokens);
    return tokens;
  };
}

const PART = 4_000;

/** The tokenizer takes a word of a megabyte for one token; a person would not. */
function countLine(line: string, countTokens: (text: string) => number): number {
  let tokens = 0;
  for (let at = 0; at < line.length; at += PART) tokens += countTokens(line.slice(at, at + PART));
  return tokens;
}

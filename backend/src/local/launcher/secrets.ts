import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { LocalServerError } from '../support/child.js';
import { readJson, writeJson } from './json-file.js';

const secrets = z.object({
  /** Seals the GitHub tokens in the database, and chains the audit entries. */
  secretKey: z.string().min(32),
  forgeClientSecret: z.string().min(16),
  webhookSecret: z.string().min(16),
  modelKey: z.string().min(16),
});

export type Secrets = z.output<typeof secrets>;

/**
 * The secrets of a data folder, made at its first start and readable by its owner only.
 * @throws LocalServerError when they are there but cannot be read: new ones would make what they sealed unreadable
 */
export function secretsOf(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  const found = read(file);
  if (found) return found;
  const made = { secretKey: random(), forgeClientSecret: random(), webhookSecret: random(), modelKey: random() };
  writeJson(file, made);
  return made;
}

function read(file: string): Secrets | undefined {
  try {
    const content = readJson(file);
    return content === undefined ? undefined : secrets.parse(content);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) {
      throw new LocalServerError(
        `${file} is damaged: it does not hold the secrets that this data folder was made with. Nothing was changed. Restore that file, or set YUDAI_DATA to another folder to start anew.`,
      );
    }
    throw error;
  }
}

function random(): string {
  return randomBytes(32).toString('hex');
}

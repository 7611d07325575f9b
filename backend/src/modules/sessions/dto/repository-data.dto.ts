import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listQuery, pageOf } from '../../../platform/http/pagination.js';
import { queryFlag } from '../../../platform/http/query-flag.js';
import { indexStateSchema } from '../../embeddings/index.js';
import { commitId, filePath } from './card.dto.js';

const LONGEST_QUERY = 20_000;
const MOST_RESULTS = 100;
const STANDARD_RESULTS = 20;

export class IndexStateDto extends createZodDto(indexStateSchema) {}

const sessionFile = z
  .object({
    path: z.string(),
    name: z.string(),
    type: z.string(),
    category: z.string().nullable(),
    size: z.int().describe('Bytes.'),
    tokens: z.int().nullable(),
    language: z.string().nullable(),
    status: z.string(),
    skipReason: z.string().nullable().optional(),
  })
  .meta({ id: 'SessionFile' });

export class SessionFilePageDto extends createZodDto(pageOf(sessionFile).meta({ id: 'SessionFilePage' })) {}

export class ListFilesQuery extends createZodDto(
  z.object({
    ...listQuery,
    query: z.string().trim().max(500).optional().describe('A part of the path.'),
    skipped: queryFlag.optional().describe('Only files that were not read, or only those that were.'),
  }),
) {}

const line = z.coerce.number().int().min(1).max(10_000_000);

export class ReadFileQuery extends createZodDto(
  z
    .object({
      path: filePath,
      commit: commitId.optional().describe('Left out: the commit that is searched.'),
      startLine: line.optional(),
      endLine: line.optional(),
    })
    .refine(({ startLine = 1, endLine }) => endLine === undefined || endLine >= startLine, {
      path: ['endLine'],
      message: 'lies before startLine',
    }),
) {}

export class FileContentDto extends createZodDto(
  z
    .object({
      path: z.string(),
      commit: z.string(),
      startLine: z.int(),
      endLine: z.int(),
      totalLines: z.int(),
      text: z.string(),
    })
    .meta({ id: 'FileContent' }),
) {}

export class SearchRequestDto extends createZodDto(
  z
    .strictObject({
      query: z
        .string()
        .max(LONGEST_QUERY)
        .refine((text) => text.trim() !== '', 'must not be empty'),
      limit: z.int().min(1).max(MOST_RESULTS).default(STANDARD_RESULTS),
      includeTests: z.boolean().optional(),
    })
    .meta({ id: 'SearchRequest' }),
) {}

const span = z.object({
  startLine: z.int(),
  endLine: z.int(),
  symbol: z.string().nullable().optional(),
  score: z.number(),
});

export class SearchResultDto extends createZodDto(
  z
    .object({
      commit: z.string().nullable(),
      state: z.string().describe('ready, indexing or unavailable.'),
      results: z.array(z.object({ path: z.string(), score: z.number(), spans: z.array(span) })),
      tookMs: z.number(),
    })
    .meta({ id: 'SearchResult' }),
) {}

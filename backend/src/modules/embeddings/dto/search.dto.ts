import { z } from 'zod';

export const LONGEST_QUERY = 20_000;
export const MOST_RESULTS = 100;
const DEFAULT_RESULTS = 20;

export const searchRequestSchema = z
  .strictObject({
    query: z.string().min(1).max(LONGEST_QUERY),
    limit: z.int().min(1).max(MOST_RESULTS).default(DEFAULT_RESULTS),
    includeTests: z.boolean().optional().describe('Tests count as much as what they test'),
  })
  .meta({ id: 'SearchRequest' });

export const SEARCH_STATES = ['ready', 'indexing', 'unavailable'] as const;

/** Ranked, best first, one row a file; places in files, never their text. */
export const searchResultSchema = z
  .object({
    commit: z.string().nullable(),
    state: z.enum(SEARCH_STATES),
    results: z.array(
      z.object({
        path: z.string(),
        score: z.number(),
        spans: z.array(
          z.object({
            startLine: z.int().min(1),
            endLine: z.int().min(1),
            symbol: z.string().nullish(),
            score: z.number(),
          }),
        ),
      }),
    ),
    tookMs: z.number().min(0),
  })
  .meta({ id: 'SearchResult' });

export type SearchAnswer = z.output<typeof searchResultSchema>;

/** A span with its text, for prompts; no answer of the api ever holds one. */
export interface Passage {
  readonly path: string;
  /** 1-based, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
  readonly symbol: string | null;
  readonly score: number;
  readonly text: string;
}

export interface PassageAnswer {
  /** `none`: nothing fits; `indexing`: nothing is ready yet; `unavailable`: the index has failed. */
  readonly state: 'found' | 'none' | 'indexing' | 'unavailable';
  /** The commit that was searched. */
  readonly commit: string | null;
  /** Best first. */
  readonly passages: readonly Passage[];
}

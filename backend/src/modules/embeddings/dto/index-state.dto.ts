import { z } from 'zod';
import { SNAPSHOT_STATUSES } from '../entities/index-snapshot.entity.js';

/** How far the index of a branch is, as the contract shows it. */
export const indexStateSchema = z
  .object({
    status: z.enum(SNAPSHOT_STATUSES).describe('Of the newest commit that was asked for'),
    commit: z.string().nullable().describe('The commit that is searched; null before the first one is ready'),
    headCommit: z.string().nullable().describe('The newest commit that is known of the branch'),
    behind: z.int().min(0).nullable().describe('Commits between the two; null where nobody can tell'),
    filesTotal: z.int().min(0),
    filesIndexed: z.int().min(0),
    filesSkipped: z.int().min(0),
    chunks: z.int().min(0),
    progress: z.number().min(0).max(1),
    etaSeconds: z.int().min(0).nullable().describe('null while it would be a guess'),
    filesPerSecond: z
      .number()
      .min(0)
      .nullable()
      .describe('At which the rest is being read; null while nobody can tell'),
    error: z.string().nullish().describe('What went wrong, in a sentence; only when failed'),
    errorCode: z.string().optional().describe('The code of it'),
  })
  .meta({ id: 'IndexState' });

export type IndexState = z.output<typeof indexStateSchema>;

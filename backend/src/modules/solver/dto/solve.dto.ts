import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { pageOf } from '../../../platform/http/pagination.js';
import { SOLVE_STATUSES } from '../solve.types.js';

const testRun = z.object({
  command: z.string(),
  exitCode: z.int(),
  durationMs: z.number(),
  passed: z.int(),
  failed: z.array(z.string()),
});

const tests = z
  .object({ before: testRun, after: testRun, fixed: z.array(z.string()), regressed: z.array(z.string()) })
  .meta({ id: 'TestComparison' });

const diffStat = z.object({ files: z.int(), insertions: z.int(), deletions: z.int() }).meta({ id: 'DiffStat' });

const candidate = z
  .object({ n: z.int(), summary: z.string().nullable(), diffStat, tests: tests.optional() })
  .meta({ id: 'SolveCandidate' });

export const solveSchema = z
  .object({
    id: z.uuid(),
    issueId: z.uuid(),
    sessionId: z.uuid(),
    status: z.enum(SOLVE_STATUSES).meta({ id: 'SolveStatus' }),
    reason: z.string().optional().describe('A code: limit.steps, limit.time, tests.regressed, timeout, model.error, …'),
    detail: z.string().optional().describe('The reason in a sentence.'),
    queue: z.object({ position: z.int(), etaSeconds: z.number().nullable() }).optional(),
    model: z.string(),
    instructions: z.string().optional(),
    limits: z.object({ steps: z.int(), minutes: z.int(), costUsd: z.number() }),
    spent: z.object({ steps: z.int(), seconds: z.number(), costUsd: z.number(), tokens: z.int() }),
    candidates: z.array(candidate),
    diffStat,
    tests: tests.optional(),
    pullRequest: z
      .object({
        status: z.enum(['opening', 'open', 'failed', 'closed', 'merged']),
        number: z.int().nullable(),
        url: z.string().nullable(),
      })
      .optional(),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Solve' });

export class SolveDto extends createZodDto(solveSchema) {}
export class SolvePageDto extends createZodDto(pageOf(solveSchema).meta({ id: 'SolvePage' })) {}

import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { queryFlag } from '../../../platform/http/query-flag.js';
import { listQuery } from '../../../platform/http/pagination.js';
import { SOLVE_STATUSES } from '../solve.types.js';

export class ListSolvesQuery extends createZodDto(
  z.object({
    ...listQuery,
    status: z.enum(SOLVE_STATUSES).optional(),
    owner: z.string().max(100).optional(),
    repo: z.string().max(100).optional(),
    mine: queryFlag.optional().describe('Only those that I have started'),
  }),
) {}

export class SessionSolvesQuery extends createZodDto(z.object(listQuery)) {}

export class SolveEventsQuery extends createZodDto(
  z.object({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(1_000).default(200),
  }),
) {}

import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** Problem details (RFC 9457) as every endpoint answers them. */
export class ProblemDto extends createZodDto(
  z
    .object({
      type: z.string().describe('urn:yudai:<code>'),
      title: z.string(),
      status: z.int(),
      detail: z.string().describe('One sentence for a person: what is wrong and what to do about it.'),
      instance: z.string(),
      code: z.string().describe('Stable, e.g. sessions.not-found'),
      requestId: z.string(),
      errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
      retryAfterSeconds: z.number().optional(),
      budget: z
        .object({
          name: z.string(),
          scope: z.enum(['user', 'deployment']),
          limit: z.number(),
          used: z.number(),
          reserved: z.number(),
          resetsAt: z.iso.datetime(),
        })
        .meta({ id: 'BudgetRefusal' })
        .optional()
        .describe('With auth.budget-exceeded: which one, and when it starts anew'),
    })
    .meta({ id: 'Problem' }),
) {}

import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { pageOf } from '../../../platform/http/pagination.js';
import { SOLVE_EVENT_TYPES } from '../solve.types.js';

/** The members that an event has besides these depend on its type; see docs/solver.md. */
export const solveEventSchema = z
  .looseObject({ seq: z.int(), at: z.iso.datetime(), type: z.enum(SOLVE_EVENT_TYPES), candidate: z.int() })
  .meta({ id: 'SolveEvent' });

export class SolveEventPageDto extends createZodDto(pageOf(solveEventSchema).meta({ id: 'SolveEventPage' })) {}

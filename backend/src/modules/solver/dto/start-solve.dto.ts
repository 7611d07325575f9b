import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { writtenText } from '../../../platform/http/storable-text.js';

const MOST_INSTRUCTIONS = 10_000;

/** Unknown members are refused: a wish that is not granted must not look as if it were. */
export class StartSolveDto extends createZodDto(
  z
    .strictObject({
      model: z.string().min(1).max(200).optional(),
      limits: z
        .strictObject({
          steps: z.int().min(1).optional(),
          minutes: z.int().min(1).optional(),
          costUsd: z.number().min(0).optional(),
        })
        .optional(),
      instructions: writtenText(MOST_INSTRUCTIONS).optional(),
    })
    .meta({ id: 'StartSolve' }),
) {}

import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { writtenText } from '../../../platform/http/storable-text.js';

export class SolveDiffDto extends createZodDto(
  z
    .object({
      files: z.array(
        z.object({
          path: z.string(),
          previousPath: z.string().optional(),
          status: z.enum(['added', 'modified', 'deleted', 'renamed']),
          insertions: z.int(),
          deletions: z.int(),
          binary: z.boolean(),
        }),
      ),
      patch: z.string(),
    })
    .meta({ id: 'SolveDiff' }),
) {}

const message = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'user']), content: z.string() }),
  z.object({
    role: z.literal('assistant'),
    content: z.string(),
    toolCalls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.string() })),
  }),
  z.object({ role: z.literal('tool'), toolCallId: z.string(), content: z.string() }),
]);

export class TrajectoryDto extends createZodDto(
  z
    .object({
      solveId: z.uuid(),
      model: z.string(),
      repository: z.string(),
      baseCommit: z.string().nullable(),
      status: z.string(),
      messages: z.array(message),
      patch: z.string(),
    })
    .meta({ id: 'Trajectory' }),
) {}

export class OpenPullRequestDto extends createZodDto(
  z
    .strictObject({
      title: writtenText(256).trim().min(1).optional(),
      body: writtenText(60_000).optional(),
      draft: z.boolean().optional(),
    })
    .meta({ id: 'OpenPullRequest' }),
) {}

export class PullRequestDto extends createZodDto(
  z.object({ number: z.int(), url: z.string() }).meta({ id: 'PullRequest' }),
) {}

export class ModelListDto extends createZodDto(
  z
    .object({
      items: z.array(
        z
          .object({
            id: z.string(),
            name: z.string(),
            contextLength: z.int().nullable(),
            promptPricePerMTok: z.number().nullable(),
            completionPricePerMTok: z.number().nullable(),
            standard: z.boolean().describe('Used when a request names no model.'),
          })
          .meta({ id: 'Model' }),
      ),
      nextCursor: z.null(),
    })
    .meta({ id: 'ModelList' }),
) {}

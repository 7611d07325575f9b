import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const item = z.object({
  kind: z.enum(['index', 'solve', 'export', 'evaluation']),
  id: z.uuid(),
  sessionId: z.uuid().nullable(),
  title: z.string(),
  state: z.string(),
  progress: z.number().min(0).max(1).nullable().describe('Null where nobody can say.'),
  etaSeconds: z.number().nullable(),
});

export class ActivityDto extends createZodDto(z.object({ items: z.array(item) }).meta({ id: 'Activity' })) {}
/** Long work under way, as its owner's module describes it. */
export type ActivityItem = z.output<typeof item>;

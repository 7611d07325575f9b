import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const MOST_PARTS = 500;

const part = z.object({
  id: z.string(),
  kind: z.string().describe('rules, card, span, turn, attachment or question.'),
  title: z.string(),
  tokens: z.int().describe('What it takes in the prompt, or would take.'),
  pinned: z.boolean(),
  state: z.string().describe('included, condensed, dropped (left out by a person) or omitted (no room).'),
});

export class ContextDto extends createZodDto(
  z
    .object({
      parts: z.array(part),
      budget: z.int().describe('Tokens of a prompt, the answer not counted.'),
      used: z.int(),
    })
    .meta({ id: 'Context' }),
) {}

const ids = z.array(z.string().max(100)).max(MOST_PARTS);

export class UpdateContextDto extends createZodDto(
  z
    .strictObject({
      pinned: ids.optional().describe('All parts that stay in every prompt; cards only.'),
      dropped: ids.optional().describe('All parts that are left out of prompts; cards and turns.'),
    })
    .meta({ id: 'UpdateContext' }),
) {}

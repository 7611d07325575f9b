import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const MOST_PARTS = 500;

const part = z.object({
  id: z.string(),
  kind: z.string().describe('rules, card, span, condensation, turn, attachment or question.'),
  title: z.string(),
  tokens: z.int().describe('What it takes in the prompt, or would take.'),
  pinned: z.boolean(),
  state: z.string().describe('included, shortened, dropped (left out by a person) or omitted (no room).'),
  reason: z.string().optional().describe('Why it is not there as a whole, in a sentence.'),
  text: z.string().optional().describe('Of the rules and of a condensation: its words.'),
  stands: z
    .object({
      count: z.int(),
      tokens: z.int().describe('What they would take as they were said.'),
      messages: z
        .array(z.object({ id: z.uuid(), role: z.string(), title: z.string() }))
        .describe('Oldest first; the last 200.'),
    })
    .optional()
    .describe('Of a condensation: the messages in whose place it stands. They have no parts of their own.'),
});

export class ContextDto extends createZodDto(
  z
    .object({
      parts: z.array(part),
      budget: z.int().describe('Tokens of a prompt, the answer not counted.'),
      used: z.int(),
      reserved: z.int().describe('Kept for the question and for what is found for it.'),
      refusal: z.string().nullable().describe('Why the next question would be refused, and what to do.'),
      condensing: z
        .object({ state: z.enum(['waiting', 'failed']), reason: z.string().nullable() })
        .nullable()
        .describe('Older messages that are being condensed, or could not be.'),
    })
    .meta({ id: 'Context' }),
) {}

export type ContextPart = z.output<typeof part>;

const ids = z.array(z.string().max(100)).max(MOST_PARTS);

export class UpdateContextDto extends createZodDto(
  z
    .strictObject({
      pinned: ids.optional().describe('All parts that stay in every prompt; cards only.'),
      dropped: ids.optional().describe('All parts that are left out of prompts; cards, turns and condensations.'),
    })
    .meta({ id: 'UpdateContext' }),
) {}

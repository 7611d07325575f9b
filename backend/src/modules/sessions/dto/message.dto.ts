import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listQuery, pageOf } from '../../../platform/http/pagination.js';
import { storableText, writtenText } from '../../../platform/http/storable-text.js';
import { MESSAGE_ROLES, MESSAGE_STATUSES, RETRIEVAL_STATES } from '../entities/message.entity.js';

/** In UTF-16 units, as browsers count. */
export const LONGEST_MESSAGE = 20_000;

/** Where lines stand now that were moved since. */
export const movedSchema = z
  .object({ path: z.string(), startLine: z.int(), endLine: z.int(), commit: z.string() })
  .meta({ id: 'MovedLines' });

const stale = z
  .boolean()
  .optional()
  .describe('The lines read otherwise in what is searched now; left out where that cannot be told.');

export const citationSchema = z
  .object({
    path: z.string(),
    startLine: z.int(),
    endLine: z.int(),
    score: z.number(),
    verified: z.boolean().describe('The lines are there at the commit.'),
    stale,
    now: movedSchema.optional().describe('Only of stale lines that were found again.'),
  })
  .meta({ id: 'Citation' });

export const retrievalSchema = z
  .object({
    state: z.enum(RETRIEVAL_STATES),
    commit: z.string().nullable(),
    citations: z.array(citationSchema),
  })
  .meta({ id: 'Retrieval' });
export type Retrieval = z.output<typeof retrievalSchema>;

const author = z.object({
  id: z.uuid(),
  login: z.string(),
  name: z.string().nullable(),
  avatarUrl: z.string().nullable(),
});

export const messageSchema = z
  .object({
    id: z.uuid(),
    parentId: z.uuid().nullable(),
    role: z.enum(MESSAGE_ROLES),
    text: z.string(),
    status: z.enum(MESSAGE_STATUSES),
    author: author.nullable(),
    model: z.string().nullable(),
    tokens: z.object({ prompt: z.int().nullable(), completion: z.int().nullable() }),
    cost: z.number().nullable().describe('US dollars.'),
    retrieval: retrievalSchema.nullable(),
    error: z.object({ code: z.string(), detail: z.string() }).optional().describe('Why the answer failed.'),
    leftOut: z
      .array(
        z.object({
          id: z.string().describe('As in the context.'),
          kind: z.string(),
          title: z.string(),
          state: z.enum(['shortened', 'omitted']),
        }),
      )
      .optional()
      .describe('What had no room in the prompt of this answer.'),
    siblings: z
      .object({
        index: z.int(),
        ids: z.array(z.uuid()),
        leafIds: z.array(z.uuid()).optional().describe('Where the newest branch through each of them ends.'),
      })
      .optional(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Message' });

export class MessageDto extends createZodDto(messageSchema) {}
export class MessagePageDto extends createZodDto(pageOf(messageSchema).meta({ id: 'MessagePage' })) {}

export class ListMessagesQuery extends createZodDto(
  z.object({
    ...listQuery,
    query: storableText(500).trim().optional(),
    role: z.enum(MESSAGE_ROLES).optional(),
    leaf: z.uuid().optional().describe('The branch that ends here instead of the one at hand.'),
    before: z.uuid().optional().describe('Only messages before this one.'),
    after: z.uuid().optional().describe('Only messages after this one.'),
  }),
) {}

const uuids = (most: number) => z.array(z.uuid()).max(most);

export class SendMessageDto extends createZodDto(
  z
    .strictObject({
      text: writtenText(LONGEST_MESSAGE).refine((text) => text.trim() !== '', 'must not be empty'),
      clientMessageId: storableText(100).min(1),
      parentId: z.uuid().nullish().describe('Left out: the conversation goes on; null: a new beginning.'),
      cardIds: uuids(50).optional(),
      attachmentIds: uuids(10).optional(),
    })
    .meta({ id: 'SendMessage' }),
) {}

const answer = z.object({ id: z.uuid(), status: z.string() });

export class SentMessageDto extends createZodDto(
  z.object({ message: messageSchema, answer }).meta({ id: 'SentMessage' }),
) {}

export class RetryMessageDto extends createZodDto(
  z.strictObject({ model: storableText(200).min(1).optional() }).meta({ id: 'RetryMessage' }),
) {}

export class RetriedMessageDto extends createZodDto(z.object({ answer }).meta({ id: 'RetriedMessage' })) {}

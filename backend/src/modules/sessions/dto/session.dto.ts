import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listQuery, pageOf } from '../../../platform/http/pagination.js';
import { queryFlag } from '../../../platform/http/query-flag.js';
import { storableText, writtenText } from '../../../platform/http/storable-text.js';
import { indexStateSchema } from '../../embeddings/index.js';
import { SESSION_ROLES } from '../entities/session-member.entity.js';

export const LONGEST_TITLE = 200;
export const title = writtenText(LONGEST_TITLE).trim().min(1);

export const sessionSchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    owner: z.string(),
    repo: z.string(),
    branch: z.string(),
    role: z.enum(SESSION_ROLES),
    archived: z.boolean(),
    index: indexStateSchema,
    counts: z.object({ messages: z.int(), cards: z.int(), issues: z.int(), solves: z.int() }),
    tokens: z.int().describe('Of the language model, used by all answers of the session.'),
    activeLeafId: z.uuid().nullable().optional().describe('The message at which the conversation goes on.'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    lastActivityAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Session' });

export class SessionDto extends createZodDto(sessionSchema) {}
export class SessionPageDto extends createZodDto(pageOf(sessionSchema).meta({ id: 'SessionPage' })) {}

export const repositoryName = { owner: storableText(39).min(1), repo: storableText(100).min(1) };
export const branchName = storableText(255).min(1);

export class CreateSessionDto extends createZodDto(
  z
    .strictObject({ ...repositoryName, branch: branchName.optional(), title: title.optional() })
    .meta({ id: 'CreateSession' }),
) {}

export class UpdateSessionDto extends createZodDto(
  z.strictObject({ title: title.optional(), archived: z.boolean().optional() }).meta({ id: 'UpdateSession' }),
) {}

export class ListSessionsQuery extends createZodDto(
  z.object({
    ...listQuery,
    query: storableText(200).trim().optional(),
    archived: queryFlag.optional().describe('Left out: those that are not archived.'),
  }),
) {}

export class SessionStatsDto extends createZodDto(
  z
    .object({
      messages: z.int(),
      cards: z.int(),
      issues: z.int(),
      solves: z.int(),
      members: z.int(),
      tokens: z.object({ prompt: z.int(), completion: z.int() }),
      costUsd: z.number(),
      firstMessageAt: z.iso.datetime().nullable(),
      lastMessageAt: z.iso.datetime().nullable(),
    })
    .meta({ id: 'SessionStats' }),
) {}

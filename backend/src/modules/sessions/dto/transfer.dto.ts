import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { storableText, writtenText } from '../../../platform/http/storable-text.js';
import { CARD_SOURCES } from '../entities/context-card.entity.js';
import { MESSAGE_ROLES, MESSAGE_STATUSES, RETRIEVAL_STATES } from '../entities/message.entity.js';
import { LARGEST_ATTACHMENT } from './attachment.dto.js';
import { commitId, filePath, LONGEST_CONTENT } from './card.dto.js';
import { branchName, repositoryName, title } from './session.dto.js';

export const TRANSFER_FORMAT = 'yudai.session';
export const TRANSFER_VERSION = 1;

const MOST_MESSAGES = 5_000;
const MOST_OTHERS = 200;
const LONGEST_TEXT = 400_000;
const MOST_CITATIONS = 500;

const id = storableText(100).min(1);
const ids = z.array(id).max(MOST_OTHERS).default([]);
const line = z.int().min(1).max(10_000_000);

const citation = z.object({
  path: filePath,
  startLine: line,
  endLine: line,
  score: z.number(),
  verified: z.boolean(),
});

const message = z.object({
  id,
  parentId: id.nullable(),
  role: z.enum(MESSAGE_ROLES),
  text: writtenText(LONGEST_TEXT),
  status: z.enum(MESSAGE_STATUSES),
  author: storableText(100).nullable().default(null).describe('Login.'),
  model: storableText(200).nullable().default(null),
  retrieval: z
    .object({
      state: z.enum(RETRIEVAL_STATES),
      commit: commitId.nullable(),
      citations: z.array(citation).max(MOST_CITATIONS),
    })
    .nullable()
    .default(null),
  cardIds: ids,
  attachmentIds: ids,
  createdAt: z.iso.datetime(),
});

const card = z.object({
  id,
  title,
  description: writtenText(2_000).default(''),
  content: writtenText(LONGEST_CONTENT),
  source: z.enum(CARD_SOURCES),
  path: filePath.nullable().default(null),
  startLine: line.nullable().default(null),
  endLine: line.nullable().default(null),
  commit: commitId.nullable().default(null),
  attachmentId: id.nullable().default(null).describe('The upload it was made of.'),
  pinned: z.boolean().default(false),
});

const attachment = z.object({
  id,
  name: storableText(255).min(1),
  type: storableText(100).min(1),
  content: writtenText(LARGEST_ATTACHMENT).refine(
    (text) => Buffer.byteLength(text) <= LARGEST_ATTACHMENT,
    `must be at most ${LARGEST_ATTACHMENT} bytes`,
  ),
});

/** A session as it leaves, and as it comes in again. */
export const transferSchema = z
  .object({
    format: z.literal(TRANSFER_FORMAT),
    version: z.literal(TRANSFER_VERSION),
    session: z.object({ ...repositoryName, branch: branchName, title, activeLeafId: id.nullable().default(null) }),
    messages: z.array(message).max(MOST_MESSAGES).describe('Parents before what follows them.'),
    cards: z.array(card).max(MOST_OTHERS).default([]),
    attachments: z.array(attachment).max(MOST_OTHERS).default([]),
  })
  .meta({ id: 'ImportSession' });
export type Transfer = z.output<typeof transferSchema>;

export class ImportSessionDto extends createZodDto(transferSchema) {}

export class ExportSessionQuery extends createZodDto(z.object({ format: z.enum(['json', 'md']).default('json') })) {}

import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listQuery, pageOf } from '../../../platform/http/pagination.js';
import { storableText, writtenText } from '../../../platform/http/storable-text.js';
import { movedSchema } from './message.dto.js';
import { CARD_SOURCES } from '../entities/context-card.entity.js';

/** Characters. */
export const LONGEST_CONTENT = 100_000;
export const LONGEST_TITLE = 200;
const title = writtenText(LONGEST_TITLE).trim().min(1);
const line = z.int().min(1).max(10_000_000);
export const commitId = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'must be a full commit id');
export const filePath = storableText(4_096).min(1);

export const cardSchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    description: z.string().nullable(),
    content: z.string(),
    source: z.enum(CARD_SOURCES),
    path: z.string().nullable().optional(),
    startLine: z.int().nullable().optional(),
    endLine: z.int().nullable().optional(),
    commit: z.string().nullable().optional(),
    attachmentId: z.uuid().optional().describe('The upload it was made of, and can be made of again.'),
    stale: z.boolean().describe('The lines have changed since in what is searched.'),
    now: movedSchema.optional().describe('Where they stand now; only of stale lines that were found again.'),
    pinned: z.boolean(),
    tokens: z.int(),
  })
  .meta({ id: 'Card' });

export class CardDto extends createZodDto(cardSchema) {}
export class CardPageDto extends createZodDto(pageOf(cardSchema).meta({ id: 'CardPage' })) {}
export class ListCardsQuery extends createZodDto(z.object(listQuery)) {}

/** What a card is made from; exactly one of the four. */
const WAYS = [['messageId'], ['path', 'startLine', 'endLine', 'commit'], ['attachmentId'], ['content']] as const;

export class CreateCardDto extends createZodDto(
  z
    .strictObject({
      messageId: z.uuid().optional(),
      path: filePath.optional(),
      startLine: line.optional(),
      endLine: line.optional(),
      commit: commitId.optional(),
      attachmentId: z.uuid().optional(),
      title: title.optional(),
      description: writtenText(2_000).trim().optional(),
      content: writtenText(LONGEST_CONTENT).min(1).optional(),
      pinned: z.boolean().optional(),
    })
    .superRefine((card, issues) => {
      const begun = WAYS.filter((way) => way.some((name) => card[name] !== undefined));
      if (begun.length !== 1) {
        issues.addIssue({
          code: 'custom',
          message: 'one of messageId, attachmentId, content (with title), or path with startLine, endLine and commit',
        });
        return;
      }
      for (const name of begun[0] ?? []) {
        if (card[name] === undefined) issues.addIssue({ code: 'custom', path: [name], message: 'is missing' });
      }
      if (card.content !== undefined && card.title === undefined) {
        issues.addIssue({ code: 'custom', path: ['title'], message: 'is missing' });
      }
      if (card.startLine !== undefined && card.endLine !== undefined && card.endLine < card.startLine) {
        issues.addIssue({ code: 'custom', path: ['endLine'], message: 'lies before startLine' });
      }
    })
    .meta({ id: 'CreateCard' }),
) {}

export class UpdateCardDto extends createZodDto(
  z
    .strictObject({
      title: title.optional(),
      description: writtenText(2_000).trim().optional(),
      content: writtenText(LONGEST_CONTENT).min(1).optional(),
      pinned: z.boolean().optional(),
    })
    .meta({ id: 'UpdateCard' }),
) {}

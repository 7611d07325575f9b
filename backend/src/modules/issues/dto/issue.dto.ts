import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listQuery, pageOf } from '../../../platform/http/pagination.js';
import { writtenText } from '../../../platform/http/storable-text.js';
import { ISSUE_STATUSES } from '../entities/issue.entity.js';
import { REVISION_ORIGINS } from '../entities/issue-revision.entity.js';
import { GITHUB_BOUNDS } from '../issue-bounds.js';

const { title: longestTitle, body: longestBody, label: longestLabel, login: longestLogin } = GITHUB_BOUNDS;

const line = (longest: number) => writtenText(longest).trim().min(1);

const title = line(longestTitle);
const body = writtenText(longestBody);
const labels = z.array(line(longestLabel)).max(GITHUB_BOUNDS.labels);
const assignees = z.array(line(longestLogin)).max(GITHUB_BOUNDS.assignees);
const acceptance = z.array(line(1_000)).max(30);
const instructions = line(5_000);

const text = {
  title: z.string(),
  body: z.string(),
  labels: z.array(z.string()),
  assignees: z.array(z.string()),
  acceptance: z.array(z.string()),
};

export const issueSchema = z
  .object({
    id: z.uuid(),
    sessionId: z.uuid(),
    ...text,
    status: z.enum(ISSUE_STATUSES),
    githubNumber: z.int().nullable(),
    githubUrl: z.string().nullable(),
    revision: z.int(),
    provenance: z.object({ messageIds: z.array(z.uuid()), cardIds: z.array(z.uuid()) }),
    error: z
      .object({ code: z.string(), detail: z.string() })
      .optional()
      .describe('Why drafting or publishing failed last.'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Issue' });

export class IssueDto extends createZodDto(issueSchema) {}
export class IssuePageDto extends createZodDto(pageOf(issueSchema).meta({ id: 'IssuePage' })) {}

/** Either a wish for a draft or the number of an issue that is on GitHub already. */
const wish = z.strictObject({
  title: title.optional(),
  instructions: instructions.optional(),
  messageIds: z.array(z.uuid()).max(200).optional(),
  cardIds: z.array(z.uuid()).max(100).optional(),
  githubNumber: z.int().min(1).max(2_147_483_647).optional(),
});

export class CreateIssueDto extends createZodDto(
  wish
    .refine(
      ({ githubNumber, title: own, instructions: asked, messageIds, cardIds }) =>
        githubNumber === undefined || [own, asked, messageIds, cardIds].every((value) => value === undefined),
      { path: ['githubNumber'], message: 'stands alone: an issue that is on GitHub is not drafted' },
    )
    .meta({ id: 'CreateIssue' }),
) {}

export class UpdateIssueDto extends createZodDto(
  z
    .strictObject({
      title: title.optional(),
      body: body.optional(),
      labels: labels.optional(),
      assignees: assignees.optional(),
      acceptance: acceptance.optional(),
      revision: z.int().min(0).optional().describe('The revision that was edited; an old one is refused.'),
    })
    .meta({ id: 'UpdateIssue' }),
) {}

export class RedraftIssueDto extends createZodDto(z.strictObject({ instructions }).meta({ id: 'RedraftIssue' })) {}

export class ListIssuesQuery extends createZodDto(z.object(listQuery)) {}

const revision = z
  .object({
    n: z.int(),
    origin: z.enum(REVISION_ORIGINS).describe('Who or what wrote it.'),
    authorId: z.uuid().nullable(),
    ...text,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'IssueRevision' });
export class IssueRevisionPageDto extends createZodDto(pageOf(revision).meta({ id: 'IssueRevisionPage' })) {}

export class IssuePreviewDto extends createZodDto(
  z
    .object({
      title: z.string(),
      body: z.string().describe('Markdown, byte for byte what is sent.'),
      bodyHtml: z.string().describe('As it reads: without raw HTML and without images.'),
      labels: z.array(z.string()),
      assignees: z.array(z.string()),
      owner: z.string(),
      repo: z.string(),
      duplicates: z
        .array(z.object({ number: z.int(), title: z.string(), score: z.number(), url: z.string() }))
        .describe('Open issues that resemble it, the likest first; score 0–1.'),
      warnings: z.array(z.string()),
    })
    .meta({ id: 'IssuePreview' }),
) {}

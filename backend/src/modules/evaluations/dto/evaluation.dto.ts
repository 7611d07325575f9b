import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listQuery, pageOf } from '../../../platform/http/pagination.js';
import { CASE_SOURCES, EVALUATION_STATUSES } from '../evaluation.types.js';

const share = z.number().min(0).max(1);

const score = {
  recallAt1: share.describe('The share of the changed files that was found in the first place.'),
  recallAt5: share,
  recallAt10: share,
  mrr: share.describe('1 / the place of the first of them.'),
};

const mean = z
  .object({ cases: z.int().min(1), ...score })
  .meta({ id: 'EvaluationScore', description: 'Means over so many fixes; tests are left out of what was found.' });

const summary = {
  id: z.uuid(),
  sessionId: z.uuid(),
  status: z.enum(EVALUATION_STATUSES).meta({ id: 'EvaluationStatus' }),
  progress: share,
  etaSeconds: z.number().nullable().describe('Null where nobody can say.'),
  branch: z.string(),
  commit: z.string().describe('The commit that was searched when it was asked for; the fixes lead to it.'),
  snapshotCommit: z.string().nullable().describe('The commit before all of the fixes, which is searched for each.'),
  casesTotal: z.int().min(0),
  casesDone: z.int().min(0),
  scores: z
    .object({ all: mean.nullable(), issue: mean.nullable(), commit: mean.nullable() })
    .nullable()
    .describe('By whose words were asked: of issues, or of commits that name none. Null until it is done.'),
  error: z.object({ code: z.string(), detail: z.string() }).optional().describe('Why it failed.'),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
};

const fix = z
  .object({
    source: z.enum(CASE_SOURCES),
    number: z.int().nullable().describe("The issue's."),
    title: z.string(),
    commit: z.string().describe('The fix.'),
    url: z
      .url()
      .nullable()
      .describe(
        "The issue on GitHub, or the commit where it names none; null where the repository's name is not known.",
      ),
    fixedAt: z.iso.datetime().describe('When it was made: recall over time is drawn by it.'),
    gold: z
      .array(z.object({ path: z.string(), place: z.int().min(1).nullable() }))
      .describe('The files that it changed, and at which place each was found; null for none of the first fifty.'),
    files: z.array(z.string()).describe('The ten best that were found; none until it was asked.'),
    score: z.object(score).nullable().describe('Null until it was asked.'),
  })
  .meta({ id: 'EvaluatedFix' });

const evaluationSchema = z.object(summary).meta({ id: 'Evaluation' });

export class EvaluationDto extends createZodDto(evaluationSchema) {}
export class EvaluationPageDto extends createZodDto(pageOf(evaluationSchema).meta({ id: 'EvaluationPage' })) {}
export class EvaluationDetailDto extends createZodDto(
  z.object({ ...summary, cases: z.array(fix).describe('The newest fix first.') }).meta({ id: 'EvaluationDetail' }),
) {}
export class ListEvaluationsQuery extends createZodDto(z.object(listQuery)) {}

import { Injectable } from '@nestjs/common';
import { isId } from '../../platform/database/ids.js';
import { decodeCursor, invalidCursor, type Page, page } from '../../platform/http/pagination.js';
import type { EvaluationDetailDto, EvaluationDto } from './dto/evaluation.dto.js';
import type { Evaluation } from './entities/evaluation.entity.js';
import type { EvaluationCase } from './entities/evaluation-case.entity.js';
import { EvaluationsRepository } from './repositories/evaluations.repository.js';
import { placesOf, scoreOf } from './score.js';

interface Listing {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const FILES_SHOWN = 10;

/** Evaluations as the contract shows them. */
@Injectable()
export class EvaluationPresenter {
  constructor(private readonly evaluations: EvaluationsRepository) {}

  one(evaluation: Evaluation): EvaluationDto {
    const { id, sessionId, status, progress, etaSeconds, branch, commitSha, snapshotSha } = evaluation;
    const { casesTotal, casesDone, scores, errorCode, errorDetail } = evaluation;
    return {
      ...{ id, sessionId, status, progress, etaSeconds, branch, casesTotal, casesDone },
      ...{ commit: commitSha, snapshotCommit: snapshotSha, scores: scores && { ...scores } },
      ...(errorCode === null ? {} : { error: { code: errorCode, detail: errorDetail ?? '' } }),
      createdAt: evaluation.createdAt.toISOString(),
      startedAt: evaluation.startedAt?.toISOString() ?? null,
      finishedAt: evaluation.finishedAt?.toISOString() ?? null,
    };
  }

  async detail(evaluation: Evaluation): Promise<EvaluationDetailDto> {
    const cases = await this.evaluations.cases(evaluation.id);
    return { ...this.one(evaluation), cases: cases.map(presentCase) };
  }

  /** Newest first. */
  async list(sessionId: string, { cursor, limit }: Listing): Promise<Page<EvaluationDto>> {
    const beforeId = cursor === undefined ? undefined : idIn(cursor);
    const rows = await this.evaluations.ofSession(sessionId, limit, beforeId);
    return page(
      rows,
      limit,
      ({ id }) => [id],
      (row) => this.one(row),
    );
  }
}

function idIn(cursor: string): string {
  const [id] = decodeCursor(cursor, 1);
  if (typeof id !== 'string' || !isId(id)) throw invalidCursor();
  return id;
}

function presentCase(one: EvaluationCase): EvaluationDetailDto['cases'][number] {
  const { source, number, title, commitSha: commit, fixedAt, gold, files } = one;
  const places = placesOf(gold, files ?? []);
  return {
    ...{ source, number, title, commit },
    fixedAt: fixedAt.toISOString(),
    gold: gold.map((path, at) => ({ path, place: places[at] ?? null })),
    files: (files ?? []).slice(0, FILES_SHOWN),
    score: files && scoreOf(gold, files),
  };
}

import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { isId } from '../../platform/database/ids.js';
import { decodeCursor, invalidCursor, type Page, page } from '../../platform/http/pagination.js';
import { RepositoriesService } from '../github/index.js';
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
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly evaluations: EvaluationsRepository,
    private readonly repositories: RepositoriesService,
  ) {}

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
    const { id, repositoryId } = evaluation;
    const [cases, names] = await Promise.all([this.evaluations.cases(id), this.repositories.names([repositoryId])]);
    const name = names.get(repositoryId);
    const home = name === undefined ? null : `${this.config.GITHUB_URL}/${name.owner}/${name.name}`;
    return { ...this.one(evaluation), cases: cases.map((one) => presentCase(one, home)) };
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

/** @param home the repository's address on GitHub */
function presentCase(one: EvaluationCase, home: string | null): EvaluationDetailDto['cases'][number] {
  const { source, number, title, commitSha: commit, fixedAt, gold, files } = one;
  const places = placesOf(gold, files ?? []);
  return {
    ...{ source, number, title, commit },
    url: home && `${home}/${number === null ? `commit/${commit}` : `issues/${number}`}`,
    fixedAt: fixedAt.toISOString(),
    gold: gold.map((path, at) => ({ path, place: places[at] ?? null })),
    files: (files ?? []).slice(0, FILES_SHOWN),
    score: files && scoreOf(gold, files),
  };
}

import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { isId } from '../../platform/database/ids.js';
import { type Page, decodeCursor, invalidCursor, page } from '../../platform/http/pagination.js';
import { PullRequestsService } from '../github/index.js';
import type { SolveDto } from './dto/solve.dto.js';
import type { Solve } from './entities/solve.entity.js';
import type { SolveCandidate } from './entities/solve-candidate.entity.js';
import { type SolveFilter, SolvesRepository } from './repositories/solves.repository.js';

export interface PageQuery {
  readonly cursor?: string;
  readonly limit: number;
}

const NOTHING = { files: 0, insertions: 0, deletions: 0 };

/** Solves as the contract shows them. */
@Injectable()
export class SolvePresenter {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly solves: SolvesRepository,
    private readonly pulls: PullRequestsService,
  ) {}

  async one(solve: Solve): Promise<SolveDto> {
    const [view] = await this.many([solve]);
    if (!view) throw new TypeError('a solve has a view');
    return view;
  }

  async list(filter: SolveFilter, { cursor, limit }: PageQuery): Promise<Page<SolveDto>> {
    const beforeId = cursor === undefined ? undefined : idIn(cursor);
    const rows = await this.solves.list(filter, { limit, ...(beforeId === undefined ? {} : { beforeId }) });
    const views = new Map((await this.many(rows)).map((view) => [view.id, view]));
    return page(
      rows.filter(({ id }) => views.has(id)),
      limit,
      ({ id }) => [id],
      ({ id }) => views.get(id) as SolveDto,
    );
  }

  private async many(rows: readonly Solve[]): Promise<SolveDto[]> {
    const ids = rows.map(({ id }) => id);
    const [candidates, pulls] = await Promise.all([this.solves.candidates(ids), this.pulls.ofSolves(ids)]);
    return Promise.all(
      rows.map(async (solve) => {
        const own = candidates.filter(({ solveId }) => solveId === solve.id);
        const pull = pulls.get(solve.id);
        const waiting = solve.status === 'queued' ? await this.turnOf(solve) : undefined;
        return {
          ...present(solve, own),
          ...(pull ? { pullRequest: pull } : {}),
          ...(waiting ? { queue: waiting } : {}),
        };
      }),
    );
  }

  /** When a waiting solve begins, should those before it take as long as solves usually do. */
  private async turnOf(solve: Solve): Promise<NonNullable<SolveDto['queue']>> {
    const [position, usual] = await Promise.all([this.solves.queuePosition(solve), this.solves.usualSeconds()]);
    const rounds = Math.ceil(position / this.config.MAX_CONCURRENT_SOLVES);
    return { position, etaSeconds: usual === null ? null : Math.round(rounds * usual) };
  }
}

function idIn(cursor: string): string {
  const [id] = decodeCursor(cursor, 1);
  if (typeof id !== 'string' || !isId(id)) throw invalidCursor();
  return id;
}

function present(solve: Solve, candidates: readonly SolveCandidate[]): SolveDto {
  const [first] = candidates;
  const { id, issueId, sessionId, status, model } = solve;
  return {
    id,
    issueId,
    sessionId,
    status,
    ...(solve.reason === null ? {} : { reason: solve.reason }),
    ...(solve.detail === null ? {} : { detail: solve.detail }),
    model,
    ...(solve.instructions === null ? {} : { instructions: solve.instructions }),
    limits: { steps: solve.limitSteps, minutes: solve.limitMinutes, costUsd: solve.limitCostUsd },
    spent: {
      steps: solve.spentSteps,
      seconds: Math.round(solve.spentSeconds * 10) / 10,
      costUsd: solve.spentCostUsd,
      tokens: solve.spentTokens,
    },
    candidates: candidates.map(presentCandidate),
    diffStat: first ? statOf(first) : NOTHING,
    ...(first?.tests ? { tests: testsOf(first) } : {}),
    createdAt: solve.createdAt.toISOString(),
    startedAt: solve.startedAt?.toISOString() ?? null,
    finishedAt: solve.finishedAt?.toISOString() ?? null,
  };
}

const statOf = ({ files, insertions, deletions }: SolveCandidate): SolveDto['diffStat'] => ({
  files,
  insertions,
  deletions,
});

const testsOf = ({ tests }: SolveCandidate): SolveDto['tests'] => structuredClone(tests) as SolveDto['tests'];

function presentCandidate(candidate: SolveCandidate): SolveDto['candidates'][number] {
  const { n, summary, tests } = candidate;
  return { n, summary, diffStat: statOf(candidate), ...(tests ? { tests: testsOf(candidate) } : {}) };
}

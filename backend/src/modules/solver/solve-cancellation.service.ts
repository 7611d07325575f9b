import { Injectable } from '@nestjs/common';
import { RepositoriesService } from '../github/index.js';
import type { SolveDto } from './dto/solve.dto.js';
import { SolvesRepository } from './repositories/solves.repository.js';
import type { SolveAccess } from './solve.guard.js';
import { SolvePresenter } from './solve.presenter.js';
import { SolveEndings } from './solve-endings.service.js';
import { alreadyOver, notYourSolve, solveNotFound } from './solver.errors.js';

/** For who may no longer read the repository, and still ends what was begun there: nothing of what the solve has made. */
const withheld = ({ tests: _tests, pullRequest: _pull, detail: _detail, ...solve }: SolveDto): SolveDto => ({
  ...solve,
  candidates: [],
  diffStat: { files: 0, insertions: 0, deletions: 0 },
});

/** Ending a solve by hand: one's own, or anybody's as the owner of the session. */
@Injectable()
export class SolveCancellation {
  constructor(
    private readonly endings: SolveEndings,
    private readonly solves: SolvesRepository,
    private readonly presenter: SolvePresenter,
    private readonly repositories: RepositoriesService,
  ) {}

  /** @throws DomainError `solver.not-yours` (403), `solver.already-over` (409) unless it is cancelled already. */
  async cancel({ solve, session }: SolveAccess): Promise<SolveDto> {
    if (session.role !== 'owner' && solve.requestedBy !== session.userId) throw notYourSolve();
    await this.endings.cancel(solve);
    const now = await this.solves.byId(solve.id);
    if (!now) throw solveNotFound();
    if (now.status !== 'cancelled') throw alreadyOver(now.status);
    const readable = await this.repositories.readable(session.userId, [session.repositoryId]);
    const shown = await this.presenter.one(now);
    return readable.has(session.repositoryId) ? shown : withheld(shown);
  }
}

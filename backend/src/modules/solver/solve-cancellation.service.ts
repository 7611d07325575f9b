import { Injectable } from '@nestjs/common';
import type { Solve } from './entities/solve.entity.js';
import { SolvesRepository } from './repositories/solves.repository.js';
import type { SolveAccess } from './solve.guard.js';
import { SolveEndings } from './solve-endings.service.js';
import { alreadyOver, notYourSolve, solveNotFound } from './solver.errors.js';

/** Ending a solve by hand: one's own, or anybody's as the owner of the session. */
@Injectable()
export class SolveCancellation {
  constructor(
    private readonly endings: SolveEndings,
    private readonly solves: SolvesRepository,
  ) {}

  /** @throws DomainError `solver.not-yours` (403), `solver.already-over` (409) unless it is cancelled already. */
  async cancel({ solve, session }: SolveAccess): Promise<Solve> {
    if (session.role !== 'owner' && solve.requestedBy !== session.userId) throw notYourSolve();
    await this.endings.cancel(solve);
    const now = await this.solves.byId(solve.id);
    if (!now) throw solveNotFound();
    if (now.status !== 'cancelled') throw alreadyOver(now.status);
    return now;
  }
}

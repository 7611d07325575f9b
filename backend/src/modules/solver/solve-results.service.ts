import { Injectable } from '@nestjs/common';
import type { Solve } from './entities/solve.entity.js';
import type { SolveDiffDto, TrajectoryDto } from './dto/results.dto.js';
import { filesOf } from './patch-files.js';
import { SolveCheckpointsRepository } from './repositories/solve-checkpoints.repository.js';
import { SolvesRepository } from './repositories/solves.repository.js';

const CANDIDATE = 1;

/** What a solve has made: its diff and its whole conversation. */
@Injectable()
export class SolveResultsService {
  constructor(
    private readonly solves: SolvesRepository,
    private readonly checkpoints: SolveCheckpointsRepository,
  ) {}

  /** The unified diff, empty while there is none. */
  async patch(solveId: string): Promise<string> {
    const [candidate] = await this.solves.candidates([solveId]);
    return candidate?.patch ?? '';
  }

  async diff(solveId: string): Promise<SolveDiffDto> {
    const patch = await this.patch(solveId);
    return { files: filesOf(patch), patch };
  }

  async trajectory(solve: Solve, repository: string): Promise<TrajectoryDto> {
    const checkpoint = await this.checkpoints.latest(solve.id, CANDIDATE);
    return {
      solveId: solve.id,
      model: solve.model,
      repository,
      baseCommit: solve.baseCommit,
      status: solve.status,
      messages: (checkpoint?.messages ?? []).map(
        (message) => structuredClone(message) as TrajectoryDto['messages'][number],
      ),
      patch: await this.patch(solve.id),
    };
  }
}

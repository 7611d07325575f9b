import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/principal.js';
import { RepositoriesService, type RepositoryAccess } from '../github/index.js';
import type { ListSolvesQuery } from './dto/list-solves.query.js';
import { type SolveFilter, SolvesRepository } from './repositories/solves.repository.js';

/** Which solves a user may see: of sessions they take part in, in repositories that GitHub lets them read now. */
@Injectable()
export class VisibleSolves {
  constructor(
    private readonly solves: SolvesRepository,
    private readonly repositories: RepositoriesService,
  ) {}

  async filter({ userId }: Principal, { status, owner, repo, mine }: ListSolvesQuery): Promise<SolveFilter> {
    const readable = await this.readable(userId);
    const wanted = readable.filter((access) => matches(access.owner, owner) && matches(access.name, repo));
    return {
      memberId: userId,
      repositoryIds: wanted.map(({ repositoryId }) => repositoryId),
      status,
      requestedBy: mine === true ? userId : undefined,
    };
  }

  private async readable(userId: string): Promise<RepositoryAccess[]> {
    const readable: RepositoryAccess[] = [];
    for (const id of await this.solves.repositoriesOf(userId)) {
      const access = await this.repositories.accessById(userId, id).catch(missing);
      if (access) readable.push(access);
    }
    return readable;
  }
}

/** A repository that may not be read is left out; a GitHub that does not answer is no empty list. */
function missing(error: unknown): undefined {
  if (error instanceof DomainError && error.kind === 'not-found') return undefined;
  throw error;
}

const matches = (name: string, wish: string | undefined): boolean =>
  wish === undefined || name.toLowerCase() === wish.toLowerCase();

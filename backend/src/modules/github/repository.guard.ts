import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { AuthenticatedRequest } from '../../platform/http/access.decorator.js';
import { type RepositoryAccess, RepositoriesService } from './repositories.service.js';

type RepositoryRequest = AuthenticatedRequest & { repositoryAccess: RepositoryAccess };

/** `:owner/:repo` is a repository that the caller may read; else 404, before the query is looked at. */
@Injectable()
export class RepositoryGuard implements CanActivate {
  constructor(private readonly repositories: RepositoriesService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<RepositoryRequest>();
    const { owner, repo } = req.params;
    req.repositoryAccess = await this.repositories.access(req.principal.userId, String(owner), String(repo));
    return true;
  }
}

/** Handler parameter: the repository that `RepositoryGuard` has found. */
export const CurrentRepository = createParamDecorator(
  (_data: unknown, context: ExecutionContext): RepositoryAccess =>
    context.switchToHttp().getRequest<RepositoryRequest>().repositoryAccess,
);

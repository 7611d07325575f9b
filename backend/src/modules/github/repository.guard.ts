import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
} from '@nestjs/common';
import type { AuthenticatedRequest } from '../../platform/http/access.decorator.js';
import { Failures } from '../../platform/http/endpoint.decorator.js';
import { DecidedBy } from '../../platform/http/path-object.js';
import { GITHUB_FAILURES } from './github.errors.js';
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

/** On handlers (or a whole controller) of one repository, which the caller may read. */
export function ReadableRepository(): MethodDecorator & ClassDecorator {
  return applyDecorators(DecidedBy(RepositoryGuard, 'owner', 'repo'), Failures(...GITHUB_FAILURES));
}

/** Handler parameter: the repository that `RepositoryGuard` has found. */
export const CurrentRepository = createParamDecorator(
  (_data: unknown, context: ExecutionContext): RepositoryAccess =>
    context.switchToHttp().getRequest<RepositoryRequest>().repositoryAccess,
);

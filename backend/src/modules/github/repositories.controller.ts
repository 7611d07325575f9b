import { Controller, Get, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../platform/http/access.decorator.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import type { Principal } from '../../platform/http/principal.js';
import { Limit } from '../auth/index.js';
import {
  AssigneePageDto,
  BranchPageDto,
  GithubIssuePageDto,
  LabelPageDto,
  ListGithubIssuesQuery,
  ListQuery,
  ListRepositoriesQuery,
  RepositoryDto,
  RepositoryPageDto,
} from './dto/repository.dto.js';
import { GITHUB_FAILURES } from './github.errors.js';
import type { RepositoryAccess } from './repositories.service.js';
import { CurrentRepository, ReadableRepository } from './repository.guard.js';
import { RepositoryContentsService } from './repository-contents.service.js';
import { RepositoryListService } from './repository-list.service.js';

@ApiTags('GitHub')
@Access({ scope: 'read' })
@Controller('github/repositories')
export class RepositoriesController {
  constructor(
    private readonly list: RepositoryListService,
    private readonly contents: RepositoryContentsService,
  ) {}

  @Limit('repositories')
  @Get()
  @Endpoint({ summary: 'Every repository the caller can reach', type: RepositoryPageDto, errors: GITHUB_FAILURES })
  listRepositories(
    @CurrentPrincipal() { userId }: Principal,
    @Query() query: ListRepositoriesQuery,
  ): Promise<RepositoryPageDto> {
    return this.list.list(userId, query);
  }

  @ReadableRepository()
  @Get(':owner/:repo')
  @ApiParam({ name: 'owner', type: String })
  @ApiParam({ name: 'repo', type: String })
  @Endpoint({ summary: 'A repository', type: RepositoryDto })
  getRepository(
    @CurrentPrincipal() { userId }: Principal,
    @CurrentRepository() { owner, name }: RepositoryAccess,
  ): Promise<RepositoryDto> {
    return this.list.one(userId, owner, name);
  }

  @ReadableRepository()
  @Get(':owner/:repo/branches')
  @ApiParam({ name: 'owner', type: String })
  @ApiParam({ name: 'repo', type: String })
  @Endpoint({ summary: 'Branches, the default one first', type: BranchPageDto })
  listBranches(
    @CurrentPrincipal() { userId }: Principal,
    @CurrentRepository() repository: RepositoryAccess,
    @Query() query: ListQuery,
  ): Promise<BranchPageDto> {
    return this.contents.branches(userId, repository, query);
  }

  @ReadableRepository()
  @Get(':owner/:repo/issues')
  @ApiParam({ name: 'owner', type: String })
  @ApiParam({ name: 'repo', type: String })
  @Endpoint({ summary: 'Issues on GitHub, newest first', type: GithubIssuePageDto })
  listRepositoryIssues(
    @CurrentPrincipal() { userId }: Principal,
    @CurrentRepository() repository: RepositoryAccess,
    @Query() { state, ...listing }: ListGithubIssuesQuery,
  ): Promise<GithubIssuePageDto> {
    return this.contents.issues(userId, repository, state, listing);
  }

  @ReadableRepository()
  @Get(':owner/:repo/labels')
  @ApiParam({ name: 'owner', type: String })
  @ApiParam({ name: 'repo', type: String })
  @Endpoint({ summary: 'Labels of the repository', type: LabelPageDto })
  listLabels(
    @CurrentPrincipal() { userId }: Principal,
    @CurrentRepository() repository: RepositoryAccess,
    @Query() query: ListQuery,
  ): Promise<LabelPageDto> {
    return this.contents.labels(userId, repository, query);
  }

  @ReadableRepository()
  @Get(':owner/:repo/assignees')
  @ApiParam({ name: 'owner', type: String })
  @ApiParam({ name: 'repo', type: String })
  @Endpoint({ summary: 'People who can be assigned to an issue', type: AssigneePageDto })
  listAssignees(
    @CurrentPrincipal() { userId }: Principal,
    @CurrentRepository() repository: RepositoryAccess,
    @Query() query: ListQuery,
  ): Promise<AssigneePageDto> {
    return this.contents.assignees(userId, repository, query);
  }
}

import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listQuery, pageOf } from '../../../platform/http/pagination.js';
import { PERMISSIONS } from '../entities/repository-permission.entity.js';

const repository = z
  .object({
    owner: z.string(),
    name: z.string(),
    fullName: z.string(),
    private: z.boolean(),
    archived: z.boolean(),
    defaultBranch: z.string(),
    description: z.string().nullable(),
    language: z.string().nullable(),
    stars: z.int(),
    openIssues: z.int(),
    pushedAt: z.iso.datetime().nullable(),
    permission: z.enum(PERMISSIONS),
    canWrite: z.boolean(),
    installed: z.boolean(),
    installUrl: z.string().optional(),
  })
  .meta({ id: 'Repository' });

const branch = z
  .object({ name: z.string(), sha: z.string(), protected: z.boolean(), default: z.boolean() })
  .meta({ id: 'Branch' });

const githubIssue = z
  .object({
    number: z.int(),
    title: z.string(),
    state: z.enum(['open', 'closed']),
    labels: z.array(z.string()),
    author: z.string().nullable(),
    url: z.string(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'GithubIssue' });

export class RepositoryDto extends createZodDto(repository) {}
export class RepositoryPageDto extends createZodDto(pageOf(repository).meta({ id: 'RepositoryPage' })) {}
export class BranchPageDto extends createZodDto(pageOf(branch).meta({ id: 'BranchPage' })) {}
export class GithubIssuePageDto extends createZodDto(pageOf(githubIssue).meta({ id: 'GithubIssuePage' })) {}

const label = z
  .object({ name: z.string(), color: z.string(), description: z.string().nullable() })
  .meta({ id: 'Label' });
export class LabelPageDto extends createZodDto(pageOf(label).meta({ id: 'LabelPage' })) {}

const assignee = z.object({ login: z.string() }).meta({ id: 'Assignee' });
export class AssigneePageDto extends createZodDto(pageOf(assignee).meta({ id: 'AssigneePage' })) {}

export class ListRepositoriesQuery extends createZodDto(
  z.object({ ...listQuery, query: z.string().max(200).optional() }),
) {}
export class ListQuery extends createZodDto(z.object(listQuery)) {}
export class ListGithubIssuesQuery extends createZodDto(
  z.object({ ...listQuery, state: z.enum(['open', 'closed', 'all']).default('open') }),
) {}

import { Injectable } from '@nestjs/common';
import { isId } from '../../platform/database/ids.js';
import { decodeCursor, invalidCursor, type Page, page } from '../../platform/http/pagination.js';
import type { IssueDto, IssueRevisionPageDto } from './dto/issue.dto.js';
import type { Issue } from './entities/issue.entity.js';
import type { IssueRevision } from './entities/issue-revision.entity.js';
import { issueNotFound } from './issues.errors.js';
import { IssuesRepository, type Provenance } from './repositories/issues.repository.js';
import { RevisionsRepository } from './repositories/revisions.repository.js';

interface Listing {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** PostgreSQL's. */
const LARGEST_INTEGER = 2_147_483_647;

/** Issues and their revisions as the contract shows them. */
@Injectable()
export class IssuePresenter {
  constructor(
    private readonly issues: IssuesRepository,
    private readonly revisions: RevisionsRepository,
  ) {}

  async one(issue: Issue): Promise<IssueDto> {
    const sources = await this.issues.provenance([issue.id]);
    return present(issue, sources.get(issue.id));
  }

  /** As it is stored now. @throws DomainError `issues.not-found` when it is gone. */
  async fresh(id: string): Promise<IssueDto> {
    const issue = await this.issues.byId(id);
    if (!issue) throw issueNotFound();
    return this.one(issue);
  }

  /** Newest first. */
  async list(sessionId: string, { cursor, limit }: Listing): Promise<Page<IssueDto>> {
    const rows = await this.issues.ofSession(sessionId, limit, cursor === undefined ? undefined : idIn(cursor));
    const sources = await this.issues.provenance(rows.map(({ id }) => id));
    const itemOf = (issue: Issue): IssueDto => present(issue, sources.get(issue.id));
    return page(rows, limit, ({ id }) => [id], itemOf);
  }

  /** Newest first. */
  async history(issueId: string, { cursor, limit }: Listing): Promise<IssueRevisionPageDto> {
    const rows = await this.revisions.list(issueId, limit, cursor === undefined ? undefined : numberIn(cursor));
    return page(rows, limit, ({ n }) => [n], presentRevision);
  }
}

function idIn(cursor: string): string {
  const [id] = decodeCursor(cursor, 1);
  if (typeof id !== 'string' || !isId(id)) throw invalidCursor();
  return id;
}

function numberIn(cursor: string): number {
  const [n] = decodeCursor(cursor, 1);
  if (typeof n !== 'number' || !Number.isInteger(n) || Math.abs(n) > LARGEST_INTEGER) throw invalidCursor();
  return n;
}

function present(issue: Issue, provenance: Provenance = { messageIds: [], cardIds: [] }): IssueDto {
  const { id, sessionId, title, body, labels, assignees, acceptance, status, githubNumber, githubUrl, revision } =
    issue;
  return {
    ...{ id, sessionId, title, body, labels, assignees, acceptance, status, githubNumber, githubUrl, revision },
    provenance,
    ...(issue.error ? { error: { code: issue.error.code, detail: issue.error.detail } } : {}),
    createdAt: issue.createdAt.toISOString(),
    updatedAt: issue.updatedAt.toISOString(),
  };
}

function presentRevision(revision: IssueRevision): IssueRevisionPageDto['items'][number] {
  const { n, origin, authorId, title, body, labels, assignees, acceptance, createdAt } = revision;
  return { n, origin, authorId, title, body, labels, assignees, acceptance, createdAt: createdAt.toISOString() };
}

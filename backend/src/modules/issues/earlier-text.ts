import type { AuthenticatedRequest } from '../../platform/http/access.decorator.js';
import { pathObject } from '../../platform/http/path-object.js';
import type { IssueAccess } from './issue.guard.js';
import { revisionNotFound } from './issues.errors.js';
import { RevisionsRepository } from './repositories/revisions.repository.js';

/** `:n` is an earlier text of the issue that the request has been admitted to. */
export const { Find: EarlierText, Current: CurrentEarlierText } = pathObject({
  parameter: 'n',
  service: RevisionsRepository,
  find: (revisions, n, { issueAccess }: AuthenticatedRequest & { issueAccess: IssueAccess }) =>
    revisions.one(issueAccess.issue.id, Number(n)),
  missing: revisionNotFound,
  wellFormed: (text) => /^[1-9]\d{0,8}$/.test(text),
});

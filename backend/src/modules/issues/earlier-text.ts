import { applyDecorators } from '@nestjs/common';
import type { AuthenticatedRequest } from '../../platform/http/access.decorator.js';
import { pathObject } from '../../platform/http/path-object.js';
import { type IssueAccess, IssueRight } from './issue.guard.js';
import { revisionNotFound } from './issues.errors.js';
import { RevisionsRepository } from './repositories/revisions.repository.js';

const { Find, Current } = pathObject({
  parameter: 'n',
  service: RevisionsRepository,
  find: (revisions, n, { issueAccess }: AuthenticatedRequest & { issueAccess: IssueAccess }) =>
    revisions.one(issueAccess.issue.id, Number(n)),
  missing: revisionNotFound,
  wellFormed: (text) => /^[1-9]\d{0,8}$/.test(text),
});

/** On handlers of an earlier text (`:n`) of one issue: what the caller needs in its session. */
export const EarlierTextRight = (right: IssueAccess['session']['role']): MethodDecorator =>
  applyDecorators(IssueRight(right), Find());

/** Handler parameter: the earlier text. */
export const CurrentEarlierText = Current;

import { DomainError } from '../../platform/errors/domain-error.js';
import type { IssueStatus } from './entities/issue.entity.js';

export const issueNotFound = (): DomainError =>
  new DomainError('not-found', 'issues.not-found', 'There is no such issue.');

export const revisionNotFound = (): DomainError =>
  new DomainError('not-found', 'issues.revision-not-found', 'The issue has no such revision.');

export const staleRevision = (current: number): DomainError =>
  new DomainError(
    'conflict',
    'issues.stale',
    `Somebody has changed the issue since; revision ${current} is the latest. Load it, then edit again.`,
  );

const WHY_NOT: Readonly<Record<IssueStatus, string>> = {
  drafting: 'The issue is still being drafted. Wait until the draft is there.',
  draft: 'The issue is a draft.',
  publishing: 'The issue is on its way to GitHub. Wait until it is there.',
  published: 'The issue is on GitHub. Change it there.',
  failed: 'There is no draft yet. Draft it again, or write the text yourself.',
};

/** The act does not fit the issue's state. */
export const notInStatus = (status: IssueStatus): DomainError =>
  new DomainError('conflict', `issues.${status}`, WHY_NOT[status]);

export const nothingToDraft = (): DomainError =>
  new DomainError(
    'conflict',
    'issues.nothing-to-draft',
    'The conversation is empty. Say something about the problem, or give instructions.',
  );

/** GitHub's bound holds for what is sent: text, acceptance and marker together. */
export const bodyTooLong = (most: number): DomainError =>
  new DomainError(
    'invalid',
    'issues.too-long',
    `Text and acceptance together have more than the ${most} characters that GitHub takes.`,
    { fields: [{ path: 'body', message: `is too long by itself or together with the acceptance (at most ${most})` }] },
  );

export const untitled = (): DomainError =>
  new DomainError('conflict', 'issues.untitled', 'The issue has no title. Give it one, then publish.');

export const draftUnreadable = (): DomainError =>
  new DomainError(
    'upstream',
    'issues.draft-unreadable',
    'The model did not answer with a usable draft. Try again, or write the text yourself.',
  );

export const draftCutOff = (): DomainError =>
  new DomainError(
    'upstream',
    'issues.draft-cut-off',
    'The model stopped before the draft was whole. Try again with fewer messages, or write the text yourself.',
  );

export const gaveUp = (what: 'drafting' | 'publishing'): DomainError =>
  new DomainError('unavailable', 'issues.gave-up', `The ${what} was given up after several attempts. Try again later.`);

export const accountGone = (): DomainError =>
  new DomainError('conflict', 'issues.account-gone', 'The account that asked for it is gone or disabled.');

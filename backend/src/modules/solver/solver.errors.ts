import { DomainError } from '../../platform/errors/domain-error.js';

export const sandboxUnavailable = (): DomainError =>
  new DomainError(
    'unavailable',
    'solver.sandbox-unavailable',
    'No sandbox works on this machine, so nothing is run. Install bubblewrap, or allow unprivileged user namespaces (see docs/solver.md).',
  );

export const solveNotFound = (): DomainError =>
  new DomainError('not-found', 'solver.not-found', 'There is no such solve.');

export const issueNotReady = (): DomainError =>
  new DomainError(
    'conflict',
    'solver.issue-not-ready',
    'The issue is still being drafted; start the solve when the draft is there.',
  );

export const tooManyOpenSolves = (most: number): DomainError =>
  new DomainError(
    'rate-limited',
    'solver.too-many-open',
    `You have ${most} solves that are waiting or running, which is the most at once. Cancel one or wait for it to end.`,
    { retryAfterSeconds: 60 },
  );

export const alreadyOver = (status: string): DomainError =>
  new DomainError('conflict', 'solver.already-over', `This solve is ${status}; there is nothing left to cancel.`);

export const noDiff = (): DomainError =>
  new DomainError('conflict', 'solver.no-diff', 'This solve has no diff that could become a pull request.');

export const diffTooLarge = (megabytes: number): DomainError =>
  new DomainError('too-large', 'solver.diff-too-large', `The diff is larger than ${megabytes} MB.`);

export const treeUnreadable = (cause: unknown): DomainError =>
  new DomainError(
    'conflict',
    'solver.tree-unreadable',
    'The work tree holds something of which git can make no diff, so what was changed cannot be told.',
    { cause },
  );

export const sourceGone = (): DomainError =>
  new DomainError('not-found', 'solver.source-gone', 'The issue, or the account that started this solve, is gone.');

export const unknownModel = (model: string): DomainError =>
  new DomainError('invalid', 'solver.unknown-model', `The model ${model} is not in the catalogue.`, {
    fields: [{ path: 'model', message: 'not in the catalogue (GET /api/models)' }],
  });

export const notYourSolve = (): DomainError =>
  new DomainError(
    'forbidden',
    'solver.not-yours',
    "Only the session's owner may cancel a solve that somebody else started.",
  );

export const notReviewable = (status: string): DomainError =>
  new DomainError(
    'conflict',
    'solver.not-reviewable',
    `This solve is ${status}; only a completed one can become a pull request.`,
  );

export const baseGone = (): DomainError =>
  new DomainError(
    'conflict',
    'solver.base-gone',
    'The commit that this solve started from is no longer on GitHub. Start the solve again.',
  );

export const pullRequestFailed = (code: string): DomainError =>
  new DomainError(
    'conflict',
    code,
    'GitHub did not take the branch or the pull request. Look at the rights and rules of the repository, then try again.',
  );

export const pullRequestPending = (code: string | null): DomainError =>
  new DomainError(
    'unavailable',
    code ?? 'solver.pull-request-pending',
    'GitHub has not taken the pull request yet. It is tried again by itself; look here in a minute.',
    { retryAfterSeconds: 30 },
  );

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

export const unknownModel = (model: string): DomainError =>
  new DomainError('invalid', 'solver.unknown-model', `The model ${model} is not in the catalogue.`, {
    fields: [{ path: 'model', message: 'not in the catalogue (GET /api/models)' }],
  });

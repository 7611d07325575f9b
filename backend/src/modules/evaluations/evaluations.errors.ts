import { DomainError } from '../../platform/errors/domain-error.js';

export const evaluationNotFound = (): DomainError =>
  new DomainError('not-found', 'evaluations.not-found', 'There is no such evaluation.');

export const notIndexed = (): DomainError =>
  new DomainError(
    'conflict',
    'evaluations.not-indexed',
    'The branch has not been read yet. Wait until its index is ready, then evaluate it.',
  );

export const underWay = (): DomainError =>
  new DomainError(
    'conflict',
    'evaluations.under-way',
    'This branch is being evaluated in another session already. Wait for that to end.',
  );

export const requesterGone = (): DomainError =>
  new DomainError(
    'conflict',
    'evaluations.requester-gone',
    'The account with whose right the repository was read is gone. Start the evaluation again.',
  );

export const gaveUp = (): DomainError =>
  new DomainError(
    'conflict',
    'evaluations.gave-up',
    'The evaluation was begun again and again and never came to its end. Look at the log of the worker, then start it again.',
  );

export const commitGone = (): DomainError =>
  new DomainError(
    'conflict',
    'evaluations.commit-gone',
    'The branch was rewritten in the meantime. Wait until its index is ready, then start the evaluation again.',
  );

export const noFixes = (commits: number): DomainError =>
  new DomainError(
    'conflict',
    'evaluations.no-fixes',
    `Among the newest ${commits} commits there is no fix to measure with: one that says so, and changes one to four files that were there before.`,
  );

export const snapshotGone = (): DomainError =>
  new DomainError('unavailable', 'evaluations.snapshot-gone', 'What was read for the evaluation is gone.', {
    retryAfterSeconds: 5,
  });

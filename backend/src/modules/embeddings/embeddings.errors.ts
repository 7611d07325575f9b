import { DomainError } from '../../platform/errors/domain-error.js';

export const linesNotFound = (path: string): DomainError =>
  new DomainError('not-found', 'embeddings.lines-not-found', `${path} does not have these lines at that commit.`);

export const notText = (path: string): DomainError =>
  new DomainError('conflict', 'embeddings.not-text', `${path} is not a text.`);

export const fileHoldsSecret = (path: string): DomainError =>
  new DomainError(
    'conflict',
    'embeddings.secret',
    `${path} holds a credential, so nothing of it is handed on. Take the credential out of the file, or write down what you need of it.`,
  );

export const requesterGone = (): DomainError =>
  new DomainError(
    'conflict',
    'embeddings.requester-gone',
    'The account with whose right the branch was read is gone. Start the index again.',
  );

export const commitGone = (commit: string): DomainError =>
  new DomainError('conflict', 'embeddings.commit-gone', `The branch has no commit ${commit} any more that is at hand.`);

export const gaveUp = (): DomainError =>
  new DomainError(
    'conflict',
    'embeddings.gave-up',
    'Reading the branch was begun again and again and never came to its end. Look at the log of the worker, then start the index again.',
  );

export const databaseFull = (cause: unknown): DomainError =>
  new DomainError(
    'conflict',
    'embeddings.disk-full',
    'The disk of the database is full. Make room there, then start the index again: what was read is kept.',
    { cause },
  );

export const modelStopped = (cause: unknown): DomainError =>
  new DomainError(
    'unavailable',
    'embeddings.model-stopped',
    'The embedding model has stopped and is started again. Try again in a moment.',
    { retryAfterSeconds: 5, cause },
  );

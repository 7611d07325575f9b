import { DomainError } from '../../platform/errors/domain-error.js';

/** What may be answered wherever GitHub is asked: the connection to it has ended (409), or it is in trouble itself. */
export const GITHUB_FAILURES: readonly number[] = [409, 502, 503, 504];

export const repositoryNotFound = (): DomainError =>
  new DomainError(
    'not-found',
    'github.repository-not-found',
    'There is no such repository, or you may not read it on GitHub.',
  );

export const branchNotFound = (branch: string): DomainError =>
  new DomainError('not-found', 'github.branch-not-found', `The repository has no branch ${branch}.`);

export const repositoryEmpty = (): DomainError =>
  new DomainError('conflict', 'github.repository-empty', 'The repository has no commit yet. Push one, then try again.');

export const issueNotFound = (number: number): DomainError =>
  new DomainError('not-found', 'github.issue-not-found', `The repository has no issue #${number}.`);

export const fileNotFound = (path: string): DomainError =>
  new DomainError('not-found', 'github.file-not-found', `The commit has no file ${path}.`);

export const reconnect = (cause?: unknown): DomainError =>
  new DomainError(
    'conflict',
    'github.reconnect',
    'GitHub no longer accepts your connection. Sign in with GitHub again.',
    { cause },
  );

export const forbidden = (cause: unknown): DomainError =>
  new DomainError('forbidden', 'github.forbidden', 'GitHub does not let you do this in that repository.', { cause });

export const refused = (cause: unknown): DomainError =>
  new DomainError(
    'invalid',
    'github.refused',
    'GitHub did not accept what was sent; a label, an assignee or a branch may be wrong.',
    { cause },
  );

export const rateLimited = (retryAfterSeconds: number, cause: unknown): DomainError =>
  new DomainError('unavailable', 'github.rate-limited', 'GitHub asks for a pause before the next request.', {
    retryAfterSeconds,
    cause,
  });

export const githubFailed = (cause: unknown): DomainError =>
  new DomainError('upstream', 'github.failed', 'GitHub answered with an error. Try again in a moment.', { cause });

export const githubUnavailable = (cause: unknown): DomainError =>
  new DomainError('unavailable', 'github.unavailable', 'GitHub cannot be reached. Try again in a moment.', {
    retryAfterSeconds: 10,
    cause,
  });

export const mirrorBusy = (): DomainError =>
  new DomainError(
    'unavailable',
    'github.mirror-busy',
    'The repository is being fetched at the moment. Try again in a minute.',
    {
      retryAfterSeconds: 30,
    },
  );

export const isBusy = (error: unknown): boolean => error instanceof DomainError && error.code === 'github.mirror-busy';

export const githubTimedOut = (seconds: number, cause: unknown): DomainError =>
  new DomainError('timeout', 'github.timeout', `GitHub did not answer within ${seconds} seconds.`, { cause });

export const tooManyFiles = (most: number): DomainError =>
  new DomainError('too-large', 'github.too-many-files', `The repository has more than ${most} files.`);

export const badSignature = (): DomainError =>
  new DomainError(
    'unauthenticated',
    'github.webhook-signature',
    'The delivery is not signed with the secret of this server.',
  );

export const invalidDelivery = (): DomainError =>
  new DomainError(
    'invalid',
    'github.webhook-invalid',
    'A delivery has an X-GitHub-Delivery UUID, an X-GitHub-Event and a JSON object.',
  );

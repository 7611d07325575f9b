import { DomainError } from '../../platform/errors/domain-error.js';

export const unauthenticated = (): DomainError =>
  new DomainError('unauthenticated', 'auth.required', 'Sign in, or send a valid API token.');

export const crossSite = (): DomainError =>
  new DomainError('forbidden', 'auth.cross-site', 'This request did not come from our own page.');

export const missingScope = (scope: string): DomainError =>
  new DomainError('forbidden', 'auth.scope', `This API token does not have the scope ${scope}.`);

export const missingRole = (): DomainError =>
  new DomainError('forbidden', 'auth.role', 'Your role does not allow this.');

export const noTokensHere = (): DomainError =>
  new DomainError('forbidden', 'auth.browser-only', 'API tokens cannot do this; sign in with a browser.');

export const loginNotFound = (): DomainError =>
  new DomainError('not-found', 'auth.login-not-found', 'You have no such login.');

export const tokenNotFound = (): DomainError =>
  new DomainError('not-found', 'auth.token-not-found', 'You have no such API token.');

export const tooManyTokens = (most: number): DomainError =>
  new DomainError('conflict', 'auth.too-many-tokens', `You have ${most} API tokens; delete one first.`);

export const userNotFound = (): DomainError =>
  new DomainError('not-found', 'users.not-found', 'There is no such user.');

export const noAvatar = (): DomainError =>
  new DomainError('not-found', 'users.no-avatar', 'GitHub has no picture of this person.');

export const lastAdmin = (): DomainError =>
  new DomainError('conflict', 'users.last-admin', 'This is the last administrator; appoint another one first.');

export const rateLimited = (seconds: number): DomainError =>
  new DomainError('rate-limited', 'rate-limited', `Too many requests; try again in ${seconds} s.`, {
    retryAfterSeconds: seconds,
  });

export const reconnectGithub = (): DomainError =>
  new DomainError('conflict', 'github.reconnect', 'The connection to GitHub has ended; sign in with GitHub again.');

export const githubUnavailable = (cause: unknown): DomainError =>
  new DomainError('unavailable', 'github.unavailable', 'GitHub cannot be reached at the moment; try again.', {
    cause,
  });

export const githubTimeout = (cause: unknown): DomainError =>
  new DomainError('timeout', 'github.timeout', 'GitHub did not answer in time; try again.', { cause });

export const githubFailed = (status: number): DomainError =>
  new DomainError('upstream', 'github.failed', `GitHub answered with an error (${status}); try again.`);

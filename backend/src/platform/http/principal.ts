export const ROLES = ['admin', 'member', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** What an API token may do; its owner's rights are the upper bound. */
export const SCOPES = ['read', 'write', 'solve', 'admin', 'audit'] as const;
export type Scope = (typeof SCOPES)[number];

/** The signed-in caller of a request, or the user on whose behalf a job runs. */
export interface Principal {
  readonly userId: string;
  readonly githubId: string;
  readonly login: string;
  readonly role: Role;
  readonly via: 'cookie' | 'token';
  readonly loginId?: string;
  readonly tokenId?: string;
  /** Only for API tokens. */
  readonly scopes?: readonly Scope[];
}

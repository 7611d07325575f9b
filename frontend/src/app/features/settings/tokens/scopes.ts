import type { CreateApiToken, Me } from '@yudai/sdk';

export type Scope = CreateApiToken['scopes'][number];

/** What a token may be allowed to do, in words. */
export const scopes: readonly { readonly id: Scope; readonly label: string; readonly about: string }[] = [
  { id: 'read', label: 'Read', about: 'Sessions, files, search, issues and solves' },
  { id: 'write', label: 'Write', about: 'Talk in sessions, make cards, draft and publish issues' },
  { id: 'solve', label: 'Solve', about: 'Start solves and open pull requests' },
  { id: 'audit', label: 'Audit', about: 'Read, export and verify the audit trail' },
  { id: 'admin', label: 'Administer', about: 'Users, roles, usage and limits' },
];

/** The scopes that are worth something to a person: a token can do no more than its owner. */
export const scopesOf = (role: Me['role'] | undefined): typeof scopes =>
  scopes.filter(({ id }) => (id === 'admin' ? role === 'admin' : id !== 'audit' || role !== 'member'));

/** How long a token may last, in days. */
export const lifetimes = [7, 30, 90, 365] as const;

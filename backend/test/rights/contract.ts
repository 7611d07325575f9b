/**
 * The table of rights of the contract ("Who may do what"), route by route. What a route is not listed here with, it must not
 * do: a route that is missing here fails the matrix.
 */

export type SessionRole = 'viewer' | 'editor' | 'owner';
export type Scope = 'read' | 'write' | 'solve' | 'admin' | 'audit';

export interface Rule {
  /** Nobody has to sign in. */
  readonly open?: true;
  readonly scope: Scope;
  /** Deployment roles; anybody's without. */
  readonly roles?: readonly string[];
  /** Never with an API token. */
  readonly browserOnly?: true;
  /** What the path names: a session, or what belongs to one; a repository; something of the caller's own; a user. */
  readonly object?: 'session' | 'repository' | 'own' | 'user';
  readonly role?: SessionRole;
  /** The right in the repository, which GitHub has to confirm. */
  readonly github?: 'none' | 'read' | 'write';
  /** Done in an archived session, too. */
  readonly archived?: true;
  /** What is answered to who may, when every field of the request is wrong. */
  readonly answers: readonly number[];
  /** A request that would be carried out, for routes that an archived session refuses (409). */
  readonly good?: object | 'file' | 'nothing';
  readonly limit?: string;
}

type More = Partial<Rule>;

const REFUSED = [422];
const open = (answers: number[]): Rule => ({ open: true, scope: 'read', answers });
const person = (scope: Scope, answers: readonly number[] = [200], more: More = {}): Rule => ({
  scope,
  answers,
  ...more,
});
const role = (scope: 'admin' | 'audit', roles: string[], answers: readonly number[], more: More = {}): Rule => ({
  ...{ scope, roles, answers },
  ...more,
});
const admin = (answers: readonly number[], more: More = {}): Rule => role('admin', ['admin'], answers, more);
const audit = (answers: readonly number[]): Rule => role('audit', ['admin', 'auditor'], answers);
const repository = (more: More = {}): Rule => ({ scope: 'read', object: 'repository', answers: [200], ...more });

/** Reading in a session: every member, with the right to read its repository. */
const reading = (answers: readonly number[] = [200], more: More = {}): Rule => ({
  ...{ scope: 'read', object: 'session', role: 'viewer', github: 'read', archived: true, answers },
  ...more,
});
/** Working in a session: its editors, with the right to read its repository. */
const working = (good: Rule['good'], answers: readonly number[] = REFUSED, more: More = {}): Rule => ({
  ...{ scope: 'write', object: 'session', role: 'editor', github: 'read', answers },
  ...(good === undefined ? {} : { good }),
  ...more,
});
/** What is for the owner; it concerns the session itself. */
const owning = (answers: readonly number[], more: More = {}): Rule => ({
  ...{ scope: 'write', object: 'session', role: 'owner', github: 'none', archived: true, answers },
  ...more,
});
const writing = { github: 'write' } as const;
const solving = { scope: 'solve', github: 'write' } as const;
const own = { github: 'none' } as const;

const TEXT = { title: 'A title' };

export const RIGHTS: Readonly<Record<string, Rule>> = {
  // Auth
  'GET /api/auth/login': open([302]),
  'GET /api/auth/callback': open([302]),
  'GET /api/auth/me': person('read'),
  'POST /api/auth/logout': person('write', [204], { browserOnly: true }),
  'GET /api/auth/limits': person('read'),
  'GET /api/auth/logins': person('read'),
  'DELETE /api/auth/logins': person('write', [204], { browserOnly: true }),
  'DELETE /api/auth/logins/:id': person('write', [204], { browserOnly: true, object: 'own' }),
  'GET /api/auth/tokens': person('read'),
  'POST /api/auth/tokens': person('write', REFUSED, { browserOnly: true }),
  'DELETE /api/auth/tokens/:id': person('write', [204], { browserOnly: true, object: 'own' }),
  // GitHub
  'GET /api/github/repositories': person('read', [200], { limit: 'repositories' }),
  'GET /api/github/repositories/:owner/:repo': repository(),
  'GET /api/github/repositories/:owner/:repo/branches': repository(),
  'GET /api/github/repositories/:owner/:repo/issues': repository(),
  'GET /api/github/repositories/:owner/:repo/labels': repository(),
  'GET /api/github/repositories/:owner/:repo/assignees': repository(),
  'POST /api/github/webhooks': open([401]),
  // Sessions
  'POST /api/sessions': person('write', REFUSED),
  'GET /api/sessions': person('read'),
  'GET /api/sessions/:id': reading([200], own),
  'PATCH /api/sessions/:id': owning(REFUSED),
  'DELETE /api/sessions/:id': owning([204]),
  'GET /api/sessions/:id/stats': reading([200], own),
  'GET /api/sessions/:id/export': owning([200], { scope: 'read', github: 'read' }),
  'POST /api/sessions/import': person('write', REFUSED),
  'GET /api/sessions/:id/members': reading([200], own),
  'POST /api/sessions/:id/members': owning(REFUSED),
  'PATCH /api/sessions/:id/members/:userId': owning(REFUSED),
  'DELETE /api/sessions/:id/members/:userId': owning([204]),
  'GET /api/sessions/:id/messages': reading(),
  'POST /api/sessions/:id/messages': working({ text: 'Hello', clientMessageId: 'one' }, REFUSED, { limit: 'chat' }),
  'GET /api/sessions/:id/messages/:mid/stream': reading(),
  'POST /api/sessions/:id/messages/:mid/retry': working({}, REFUSED, { limit: 'chat' }),
  'POST /api/sessions/:id/messages/:mid/stop': working(undefined, [200], { archived: true }),
  'DELETE /api/sessions/:id/messages/:mid': working('nothing', [204], own),
  'POST /api/sessions/:id/attachments': working('file', [415]),
  'GET /api/sessions/:id/cards': reading(),
  'POST /api/sessions/:id/cards': working({ title: 'Card', content: 'Text' }),
  'PATCH /api/sessions/:id/cards/:cardId': working(TEXT),
  'DELETE /api/sessions/:id/cards/:cardId': working('nothing', [204]),
  'GET /api/sessions/:id/context': reading(),
  'PATCH /api/sessions/:id/context': working({ pinned: [] }),
  // Index and search
  'GET /api/sessions/:id/index': reading(),
  'POST /api/sessions/:id/index': working('nothing', [202]),
  'GET /api/sessions/:id/index/stream': reading(),
  'GET /api/sessions/:id/files': reading(),
  'GET /api/sessions/:id/files/content': reading(REFUSED),
  'POST /api/sessions/:id/search': reading(REFUSED, { limit: 'search' }),
  // Nothing is indexed in this test: 409 for who may.
  'POST /api/sessions/:id/evaluations': working('nothing', [409], { limit: 'draft' }),
  'GET /api/sessions/:id/evaluations': reading(),
  'GET /api/evaluations/:evaluationId': reading(),
  // Issues
  'POST /api/sessions/:id/issues': working({ instructions: 'Write one.' }, REFUSED, { limit: 'draft' }),
  'GET /api/sessions/:id/issues': reading(),
  'GET /api/issues/:issueId': reading(),
  'PATCH /api/issues/:issueId': working(TEXT),
  'DELETE /api/issues/:issueId': working('nothing', [204], own),
  'POST /api/issues/:issueId/redraft': working({ instructions: 'Shorter.' }, REFUSED, { limit: 'draft' }),
  'GET /api/issues/:issueId/revisions': reading(),
  'POST /api/issues/:issueId/revisions/:n/restore': working('nothing', [200]),
  'GET /api/issues/:issueId/preview': reading(),
  'POST /api/issues/:issueId/publish': working('nothing', [409], { ...writing, limit: 'publish' }),
  // Solver
  'POST /api/issues/:issueId/solves': working({}, REFUSED, { ...solving, limit: 'solve' }),
  'GET /api/sessions/:id/solves': reading(),
  'GET /api/solves': person('read'),
  'GET /api/solves/:id': reading(),
  'GET /api/solves/:id/events': reading(),
  // It is over: 409 for who may. Of somebody else's: the owner only.
  'POST /api/solves/:id/cancel': working(undefined, [409], {
    scope: 'solve',
    github: 'none',
    role: 'owner',
    archived: true,
  }),
  'GET /api/solves/:id/diff': reading(),
  'GET /api/solves/:id/trajectory': reading(),
  'POST /api/solves/:id/pull-request': working({}, REFUSED, solving),
  // There is none to ask in this test.
  'GET /api/models': person('read', [503]),
  // Audit and administration
  'GET /api/audit/entries': audit([200]),
  'GET /api/audit/export': audit([200]),
  'GET /api/audit/verify': audit([200]),
  'GET /api/admin/users': admin([200]),
  'PATCH /api/admin/users/:id': admin(REFUSED, { object: 'user' }),
  'GET /api/admin/limits': admin([200]),
  'PATCH /api/admin/limits': admin(REFUSED),
  'GET /api/admin/usage': admin([200]),
  // Everywhere
  'GET /api/events': person('read'),
  'GET /api/activity': person('read'),
  'GET /api/users': person('read'),
  'GET /api/users/:id/avatar': person('read', [200], { object: 'user' }),
  // System
  'GET /api/health/live': open([200]),
  'GET /api/health/ready': open([200, 503]),
  'GET /api/openapi.json': open([200]),
};

import type { Guard } from '../guard.js';

const MATRIX = 'backend/test/rights/matrix.spec.ts';
const REFUSALS = 'backend/test/rights/refusals.spec.ts';
const STREAMS = 'backend/test/rights/streams.spec.ts';
const LOGINS = 'backend/test/auth/logins.spec.ts';
const AUTH = 'backend/src/modules/auth';
const may = (route: string): Pick<Guard, 'test' | 'named'> => ({ test: MATRIX, named: `who may do what ${route}$` });

/** Who may do what. */
export const RIGHTS: readonly Guard[] = [
  {
    without: 'a route without a declared right would start',
    file: `${AUTH}/guards/access-declarations.ts`,
    take: 'if (faults.length > 0) throw',
    put: 'if (faults.length < 0) throw',
    test: `${AUTH}/guards/access-declarations.spec.ts`,
    named: 'AccessDeclarations keeps one from starting',
  },
  {
    without: 'a member could administer',
    file: `${AUTH}/guards/auth.guard.ts`,
    take: 'if (roles && !roles.includes(principal.role)) throw missingRole();',
    put: '',
    ...may('PATCH /api/admin/users/:id'),
  },
  {
    without: 'a token could do more than its scopes say',
    file: `${AUTH}/guards/auth.guard.ts`,
    take: 'if (!covers(principal.scopes ?? [], scope)) throw missingScope(scope);',
    put: '',
    ...may('POST /api/sessions'),
  },
  {
    without: 'a token could make tokens',
    file: `${AUTH}/guards/auth.guard.ts`,
    take: 'if (cookieOnly) throw noTokensHere();',
    put: '',
    ...may('POST /api/auth/tokens'),
  },
  {
    without: 'a disabled user could go on',
    file: `${AUTH}/principals.ts`,
    take: 'if (user.disabledAt === null) return principal;',
    put: 'return principal;',
    ...may('GET /api/auth/me'),
  },
  {
    without: 'a stranger could open a session',
    file: 'backend/src/modules/sessions/repositories/sessions.repository.ts',
    take: 'WHERE m.session_id = $1 AND m.user_id = $2`',
    put: 'WHERE m.session_id = $1 AND $2::uuid IS NOT NULL`',
    ...may('GET /api/sessions/:id/stats'),
  },
  {
    without: 'a viewer could do what an owner may',
    file: 'backend/src/modules/sessions/session-access.service.ts',
    take: 'if (rank(role) < rank(right)) throw notEnough(right);',
    put: '',
    ...may('PATCH /api/sessions/:id'),
  },
  {
    without: 'a session would show a repository that GitHub hides',
    file: 'backend/src/modules/sessions/session-access.service.ts',
    take: "if (github !== 'none') await this.demandGithub(access, github);",
    put: '',
    ...may('GET /api/sessions/:id/messages'),
  },
  {
    without: 'who may only read on GitHub could publish',
    file: 'backend/src/modules/sessions/session-access.service.ts',
    take: "if (right === 'write' && !access.canWrite) throw readOnlyRepository(access.fullName);",
    put: '',
    ...may('POST /api/issues/:issueId/publish'),
  },
  {
    without: 'a path could name what is not there',
    file: 'backend/src/platform/http/path-object.ts',
    take: 'if (found === null) throw missing();',
    put: '',
    ...may('PATCH /api/sessions/:id/members/:userId'),
  },
  {
    without: 'what is written into an archived session would stay',
    file: 'backend/src/modules/sessions/session-access.service.ts',
    take: 'if (await this.sessions.isArchived(tx, sessionId)) throw sessionArchived();',
    put: '',
    test: REFUSALS,
    named: 'in an archived session nothing is written PATCH /api/issues/:issueId$',
  },
  {
    without: 'one writing route would forget the archive',
    file: 'backend/src/modules/sessions/cards/cards.service.ts',
    take: 'await this.cards.remove(tx, id);\n      await this.access.use(tx, sessionId);',
    put: 'await this.cards.remove(tx, id);',
    test: REFUSALS,
    named: 'in an archived session nothing is written DELETE /api/sessions/:id/cards/:cardId$',
  },
  {
    without: 'public routes would have no limit',
    file: `${AUTH}/limits/public-limit.guard.ts`,
    take: 'return isPublic ? this.limiter.canActivate(context) : true;',
    put: 'return !isPublic || true;',
    test: REFUSALS,
    named: 'a public route has its limit by address GET /api/openapi.json$',
  },
  {
    without: 'an open stream would outlive the right to its repository',
    file: 'backend/src/modules/sessions/session.guard.ts',
    take: 'restsOn(req, (stream) => this.streams.watch({ access, need }, stream));',
    put: '',
    test: STREAMS,
    named: 'who loses the right to read a repository on GitHub sees nothing',
  },
  {
    without: 'a webhook would not be heard by open streams',
    file: 'backend/src/modules/github/webhooks/webhook-worker.service.ts',
    take: 'await this.streams.announce(...concerned.map((userId) => `user:${userId}` as const));',
    put: '',
    test: STREAMS,
    named: 'who loses the right to read a repository on GitHub sees nothing',
  },
  {
    without: 'a session in the list would show how its repository was read',
    file: 'backend/src/modules/sessions/session.presenter.ts',
    take: 'index: readable.has(session.repositoryId) ? index : withheld(index),',
    put: 'index,',
    test: STREAMS,
    named: 'who loses the right to read a repository on GitHub sees nothing',
  },
  {
    without: 'a member who was taken out would read on',
    file: 'backend/src/modules/sessions/members/members.service.ts',
    take: 'await this.streams.membersChanged(session.id);\n    await this.notifier.sessionChanged(session.id, [user.id]);',
    put: 'await this.notifier.sessionChanged(session.id, [user.id]);',
    test: STREAMS,
    named: 'who is taken out of a session sees nothing of it any longer',
  },
  {
    without: 'an open stream would outlive the role it was opened with',
    file: `${AUTH}/login-revocations.ts`,
    take: 'roles.get(userId) !== role ||',
    put: '!roles.has(userId) ||',
    test: STREAMS,
    named: 'whose role an administrator takes',
  },
  {
    without: 'a page of another origin could write with a cookie',
    file: `${AUTH}/guards/auth.guard.ts`,
    take: "if (principal.via === 'cookie' && !isFromTrustedPage(req, this.config)) throw crossSite();",
    put: '',
    test: LOGINS,
    named: 'write only for our own page',
  },
  {
    without: 'nobody might be left to administer',
    file: `${AUTH}/users/user-administration.service.ts`,
    take: 'if (!administers && admins.every((admin) => admin.id === id) && admins.length > 0) throw lastAdmin();',
    put: '',
    test: 'backend/test/auth/people.spec.ts',
    named: 'the last administrator stays one',
  },
];

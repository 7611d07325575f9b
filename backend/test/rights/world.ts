import { randomUUID } from 'node:crypto';
import { sha256Hex } from '../../src/platform/crypto/tokens.js';
import { anonymous, type ApiClient, bearing, signIn, type Stack, type TestApi } from '../support/index.js';
import type { Scope } from './contract.js';
import { snapshotOf } from './snapshot.js';

/** Somebody who asks. `userId` and `role` are those of the account behind it; nobody has none. */
export interface Caller {
  readonly name: string;
  readonly client: ApiClient;
  readonly userId?: string;
  readonly role?: string;
  readonly disabled?: true;
  readonly scopes?: readonly Scope[];
}

/** How a caller stands to an object. */
export type Standing =
  | 'own'
  | 'shared as editor'
  | 'shared as viewer'
  | 'foreign'
  | 'missing'
  | 'malformed'
  | 'own, GitHub lets read only'
  | 'own, GitHub hides it'
  | 'own, archived';

/** What the parameters of a path stand for. */
export type Names = Readonly<Record<string, string>>;

export interface World {
  readonly callers: readonly Caller[];
  caller(name: string): Caller;
  /** The object of this kind to which the caller stands so; undefined where there is none. */
  names(caller: Caller, standing: Standing, path: string): Names | undefined;
  /** Puts back what a request has changed or deleted. */
  restore(): Promise<void>;
}

const PEOPLE = ['member', 'other', 'auditor', 'admin', 'disabled', 'host'] as const;
type Person = (typeof PEOPLE)[number];
const SCOPES: readonly Scope[] = ['read', 'write', 'solve', 'admin', 'audit'];
const LATER = new Date('2099-01-01T00:00:00Z');

/** Made of nothing but ids, so that everything of an object's can be found again. */
interface Objects {
  readonly session: string;
  readonly message: string;
  readonly card: string;
  readonly issue: string;
  readonly solve: string;
  readonly evaluation: string;
  readonly owner: Person;
}

/** People of all kinds, each with a session of their own, one shared with them, and everything that belongs to one. */
export async function makeWorld(stack: Stack, api: TestApi): Promise<World> {
  const forge = (path: string, body: object): Promise<unknown> => post(`${stack.forgeUrl}/_forge/${path}`, body);
  for (const login of ['other', 'disabled', 'host'])
    await forge('users', { login, organisation: 'acme', permission: 'write' });
  await forge('repositories', { name: 'acme/glance', files: { 'a.md': 'a' } });
  await forge('repositories', { name: 'acme/gone', private: true, files: { 'a.md': 'a' } });
  const clients = new Map<Person, ApiClient>();
  const ids = new Map<Person, string>();
  for (const login of PEOPLE) {
    const client = await signIn(api, login);
    const { body } = await client.get<{ id: string }>('/api/auth/me');
    clients.set(login, client);
    ids.set(login, body.id);
  }
  const world = new Building(stack, ids);
  const host = clients.get('host') as ApiClient;
  for (const repo of ['todo-api', 'glance', 'gone']) await host.get(`/api/github/repositories/acme/${repo}`);
  await world.letRead('todo-api', 'write');
  await world.letRead('glance', 'read');
  for (const login of PEOPLE) await forge('permissions', { login, repository: 'acme/gone', permission: 'none' });
  await stack.sql(
    `DELETE FROM repository_permissions p USING repositories r WHERE r.id = p.repository_id AND r.name = 'gone'`,
  );
  await world.furnish();
  const callers = [
    { name: 'nobody', client: anonymous(api) },
    ...PEOPLE.slice(0, 5).map((login) => world.person(login, clients.get(login) as ApiClient)),
    ...(await world.tokens(api, 'admin', SCOPES)),
    ...(await world.tokens(api, 'member', ['admin', 'audit'])),
    ...(await world.tokens(api, 'disabled', ['read'])),
  ];
  await stack.sql('UPDATE users SET disabled_at = now() WHERE id = $1', [ids.get('disabled')]);
  const restore = await snapshotOf(stack);
  return {
    callers,
    caller: (name) => callers.find((caller) => caller.name === name) as Caller,
    names: (caller, standing, path) => world.names(caller, standing, path),
    restore,
  };
}

class Building {
  private readonly sets = new Map<string, Objects>();
  private readonly logins = new Map<string, string>();
  private readonly secrets = new Map<string, string>();

  constructor(
    private readonly stack: Stack,
    private readonly ids: ReadonlyMap<Person, string>,
  ) {}

  person(login: Person, client: ApiClient): Caller {
    const role = login === 'admin' || login === 'auditor' ? login : 'member';
    return { name: login, client, userId: this.id(login), role, ...(login === 'disabled' ? { disabled: true } : {}) };
  }

  /** Programs of a person's, one for each of the scopes. */
  async tokens(api: TestApi, login: Person, scopes: readonly Scope[]): Promise<Caller[]> {
    const made: Caller[] = [];
    for (const scope of scopes) {
      const secret = `yud_${randomUUID()}`;
      await this.addToken(login, secret, [scope]);
      made.push({ ...this.person(login, bearing(api, secret)), name: `${login}'s token: ${scope}`, scopes: [scope] });
    }
    return made;
  }

  /** What GitHub says about a repository, for a long time and for everybody. */
  async letRead(repo: string, permission: string): Promise<void> {
    await this.stack.sql(
      `INSERT INTO repository_permissions (user_id, repository_id, permission, expires_at)
       SELECT users.id, repositories.id, $2, $3 FROM users, repositories WHERE repositories.name = $1
       ON CONFLICT (user_id, repository_id) DO UPDATE SET permission = excluded.permission, expires_at = excluded.expires_at`,
      [repo, permission, LATER],
    );
  }

  async furnish(): Promise<void> {
    for (const login of PEOPLE.slice(0, 5)) {
      await this.addSession(`${login}: own`, login, { host: 'viewer' });
      await this.addSession(`${login}: shared as viewer`, 'host', { [login]: 'viewer' });
      await this.addSession(`${login}: shared as editor`, 'host', { [login]: 'editor' });
      await this.addLogin(login);
      this.secrets.set(login, await this.addToken(login, `yud_${randomUUID()}`, ['read']));
    }
    await this.addSession('foreign', 'host', { other: 'viewer' });
    await this.addLogin('host');
    this.secrets.set('host', await this.addToken('host', `yud_${randomUUID()}`, ['read']));
    await this.addSession('own, GitHub lets read only', 'member', { host: 'viewer' }, { repo: 'glance' });
    await this.addSession('own, GitHub hides it', 'member', { host: 'viewer' }, { repo: 'gone' });
    await this.addSession('own, archived', 'member', { host: 'viewer' }, { archived: true, status: 'draft' });
    // Whoever the matrix runs as takes no part in the foreign one.
    await this.stack.sql('DELETE FROM session_members WHERE session_id = $1 AND user_id = $2', [
      this.sets.get('foreign')?.session,
      this.id('other'),
    ]);
  }

  names(caller: Caller, standing: Standing, path: string): Names | undefined {
    const login = PEOPLE.find((person) => this.ids.get(person) === caller.userId) ?? 'member';
    if (standing === 'malformed') return undefined;
    if (path.startsWith('/api/github/')) return repositoryNames(standing);
    if (path.startsWith('/api/auth/')) return this.ownNames(path, login, standing);
    if (/^\/api\/(admin\/)?users\//.test(path)) return this.userNames(login, standing);
    const missing = standing === 'missing';
    const objects = this.sets.get(standing) ?? this.sets.get(`${login}: ${missing ? 'own' : standing}`);
    if (!objects) return undefined;
    const { session, message, card, issue, solve, evaluation, owner } = objects;
    const other = this.id(owner === 'host' ? login : 'host');
    const id = path.startsWith('/api/solves/') ? solve : session;
    const names = { id, mid: message, cardId: card, issueId: issue, evaluationId: evaluation, userId: other, n: '1' };
    return missing ? lastMissing(names, path) : names;
  }

  private ownNames(path: string, login: Person, standing: Standing): Names | undefined {
    const of = path.includes('/tokens/') ? this.secrets : this.logins;
    if (standing === 'own') return { id: of.get(login) ?? '' };
    if (standing === 'foreign') return { id: of.get('host') ?? '' };
    return standing === 'missing' ? { id: randomUUID() } : undefined;
  }

  private userNames(login: Person, standing: Standing): Names | undefined {
    if (standing === 'own') return { id: this.id(login) };
    if (standing === 'foreign') return { id: this.id('host') };
    return standing === 'missing' ? { id: randomUUID() } : undefined;
  }

  private id(login: Person): string {
    return this.ids.get(login) ?? '';
  }

  private async addLogin(login: Person): Promise<void> {
    const id = randomUUID();
    await this.stack.sql(
      'INSERT INTO logins (id, user_id, token_hash, created_at, last_used_at, expires_at) VALUES ($1, $2, $3, now(), now(), $4)',
      [id, this.id(login), sha256Hex(id), LATER],
    );
    this.logins.set(login, id);
  }

  private async addToken(login: Person, secret: string, scopes: readonly string[]): Promise<string> {
    const id = randomUUID();
    await this.stack.sql(
      `INSERT INTO api_tokens (id, user_id, name, token_hash, scopes, expires_at, last_used_at, created_at)
       VALUES ($1, $2, 'test', $3, $4, $5, now(), now())`,
      [id, this.id(login), sha256Hex(secret), scopes, LATER],
    );
    return id;
  }

  private async addSession(
    name: string,
    owner: Person,
    members: Readonly<Record<string, string>>,
    { repo = 'todo-api', archived = false, status = 'failed' } = {},
  ): Promise<void> {
    const [session, question, message, card, issue, solve, evaluation] = Array.from({ length: 7 }, () => randomUUID());
    const objects = { session, message, card, issue, solve, evaluation, owner } as Objects;
    const owned = this.id(owner);
    const rows: [string, unknown[]][] = [
      [
        `INSERT INTO sessions (id, owner_id, repository_id, branch, title, expires_at, archived_at)
         SELECT $1, $2, id, 'main', 'Talk', $4, $5 FROM repositories WHERE name = $3`,
        [session, owned, repo, LATER, archived ? new Date() : null],
      ],
      [`INSERT INTO session_members (session_id, user_id, role) VALUES ($1, $2, 'owner')`, [session, owned]],
      ...Object.entries(members).map(([login, role]): [string, unknown[]] => [
        'INSERT INTO session_members (session_id, user_id, role) VALUES ($1, $2, $3)',
        [session, this.id(login as Person), role],
      ]),
      [
        `INSERT INTO messages (id, session_id, role, text, author_id) VALUES ($1, $2, 'user', 'Why?', $3)`,
        [question, session, owned],
      ],
      [
        `INSERT INTO messages (id, session_id, parent_id, role, text, author_id, status)
         VALUES ($1, $2, $3, 'assistant', 'So.', $4, 'complete')`,
        [message, session, question, owned],
      ],
      [
        `INSERT INTO context_cards (id, session_id, created_by, title, description, content, source, tokens)
         VALUES ($1, $2, $3, 'Card', '', 'x', 'chat', 1)`,
        [card, session, owned],
      ],
      [
        `INSERT INTO issues (id, session_id, created_by, requested_by, status, title, body, labels, assignees, acceptance, revision)
         VALUES ($1, $2, $3, $3, $4, 'Bug', 'Body', '{}', '{}', '{}', 1)`,
        [issue, session, owned, status],
      ],
      [
        `INSERT INTO issue_revisions (issue_id, n, origin, author_id, title, body, labels, assignees, acceptance)
         VALUES ($1, 1, 'user', $2, 'Bug', 'Body', '{}', '{}', '{}')`,
        [issue, owned],
      ],
      [
        `INSERT INTO solves (id, issue_id, session_id, requested_by, status, model, limit_steps, limit_minutes, limit_cost_usd, base_commit)
         VALUES ($1, $2, $3, $4, 'completed', 'local/stand-in', 1, 1, 1, 'abc')`,
        [solve, issue, session, owned],
      ],
      [`INSERT INTO solve_candidates (solve_id, n, patch) VALUES ($1, 1, 'diff')`, [solve]],
      [
        `INSERT INTO evaluations (id, session_id, repository_id, branch, commit_sha, requested_by, status)
         SELECT $1, id, repository_id, branch, 'abc', owner_id, 'done' FROM sessions WHERE id = $2`,
        [evaluation, session],
      ],
    ];
    for (const [query, values] of rows) await this.stack.sql(query, values);
    this.sets.set(name, objects);
  }
}

function repositoryNames(standing: Standing): Names | undefined {
  const repo = { own: 'todo-api', 'shared as viewer': 'glance', foreign: 'gone', missing: 'nothing' }[
    standing as string
  ];
  return repo === undefined ? undefined : { owner: 'acme', repo };
}

/** The innermost object that a path names is not there; those around it are. */
function lastMissing(names: Names, path: string): Names {
  const last = [...path.matchAll(/:(\w+)/g)].at(-1)?.[1] ?? 'id';
  return { ...names, [last]: last === 'n' ? '99' : randomUUID() };
}

async function post(url: string, body: object): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

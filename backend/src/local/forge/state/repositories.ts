import type { Account } from './accounts.js';
import type { Database } from './database.js';

export type Permission = 'none' | 'read' | 'write' | 'admin';

export interface Repository {
  readonly id: number;
  readonly ownerId: number;
  readonly owner: string;
  readonly ownerType: 'User' | 'Organization';
  readonly name: string;
  readonly private: boolean;
  readonly archived: boolean;
  readonly description: string | null;
  readonly language: string | null;
  readonly stars: number;
  readonly defaultBranch: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly pushedAt: string;
  /** The folder that it mirrors; null for the forge's own. */
  readonly source: string | null;
  readonly openIssues: number;
}

/** A repository with what one user may do in it. */
export interface Accessible extends Repository {
  readonly permission: Permission;
}

export interface NewRepository {
  readonly ownerId: number;
  readonly name: string;
  readonly private: boolean;
  readonly archived?: boolean;
  readonly description?: string | null;
  readonly language?: string | null;
  readonly stars?: number;
  readonly defaultBranch: string;
  readonly createdAt: string;
  readonly pushedAt: string;
  readonly source?: string;
}

interface Row extends Omit<Accessible, 'private' | 'archived'> {
  readonly private: number;
  readonly archived: number;
}

const COLUMNS = `r.id, r.owner_id AS ownerId, o.login AS owner, o.type AS ownerType, r.name, r.private, r.archived,
  r.description, r.language, r.stars, r.default_branch AS defaultBranch, r.created_at AS createdAt,
  r.updated_at AS updatedAt, r.pushed_at AS pushedAt, r.source,
  (SELECT count(*) FROM issues i WHERE i.repository_id = r.id AND i.state = 'open') AS openIssues`;

/** What is said of a single user goes before what their organisation gives, and that before what everybody may. */
const PERMISSION = `coalesce(c.permission, CASE WHEN r.owner_id = :userId THEN 'admin' END, m.permission,
  CASE WHEN r.private THEN 'none' ELSE 'read' END) AS permission`;

const FROM = `FROM repositories r
  JOIN accounts o ON o.id = r.owner_id
  LEFT JOIN collaborators c ON c.repository_id = r.id AND c.user_id = :userId
  LEFT JOIN members m ON m.organization_id = r.owner_id AND m.user_id = :userId`;

/** Nobody's id: who has not signed in. */
const NOBODY = 0;

/** Repositories and who may do what in them. */
export class Repositories {
  constructor(private readonly db: Database) {}

  /** A repository as a user sees it; permission `none` where they may not know that it is there. */
  find(owner: string, name: string, userId = NOBODY): Accessible | undefined {
    return this.one('o.login = :owner AND r.name = :name', { owner, name, userId });
  }

  byId(id: number): Repository | undefined {
    return this.one('r.id = :id', { id, userId: NOBODY });
  }

  bySource(source: string): Repository | undefined {
    return this.one('r.source = :source', { source, userId: NOBODY });
  }

  /** Everything that a user owns, works on, or reaches through an organisation. */
  reachable(userId: number): Accessible[] {
    const mine = '(r.owner_id = :userId OR c.user_id IS NOT NULL OR m.user_id IS NOT NULL)';
    return this.db
      .all<Row>(`SELECT * FROM (SELECT ${COLUMNS}, ${PERMISSION} ${FROM} WHERE ${mine}) WHERE permission <> 'none'`, {
        userId,
      })
      .map(fromRow);
  }

  add(repository: NewRepository): Repository {
    const { archived = false, description = null, language = null, stars = 0, source = null, ...rest } = repository;
    const row = this.db.get<{ id: number }>(
      `INSERT INTO repositories (owner_id, name, private, archived, description, language, stars, default_branch,
         created_at, updated_at, pushed_at, source)
       VALUES (:ownerId, :name, :private, :archived, :description, :language, :stars, :defaultBranch,
         :createdAt, :pushedAt, :pushedAt, :source) RETURNING id`,
      { ...rest, private: Number(rest.private), archived: Number(archived), description, language, stars, source },
    );
    const stored = row && this.byId(row.id);
    if (!stored) throw new Error(`The repository ${repository.name} was not stored.`);
    return stored;
  }

  setPermission(repositoryId: number, userId: number, permission: Permission): void {
    this.db.run(
      `INSERT INTO collaborators (repository_id, user_id, permission) VALUES (:repositoryId, :userId, :permission)
       ON CONFLICT (repository_id, user_id) DO UPDATE SET permission = excluded.permission`,
      { repositoryId, userId, permission },
    );
  }

  touchPushed(id: number, at: string): void {
    this.db.run('UPDATE repositories SET pushed_at = :at, updated_at = :at WHERE id = :id', { id, at });
  }

  setDefaultBranch(id: number, branch: string): void {
    this.db.run('UPDATE repositories SET default_branch = :branch WHERE id = :id', { id, branch });
  }

  /** Who may read it because they were given a right to it; issues may be assigned to them. */
  people({ id }: Repository): Account[] {
    return this.db.all(
      `SELECT a.id, a.login, a.type, a.name, a.email, a.created_at AS createdAt FROM accounts a
       JOIN repositories r ON r.id = :id
       LEFT JOIN collaborators c ON c.repository_id = r.id AND c.user_id = a.id
       LEFT JOIN members m ON m.organization_id = r.owner_id AND m.user_id = a.id
       WHERE a.type = 'User'
         AND coalesce(c.permission, CASE WHEN r.owner_id = a.id THEN 'admin' END, m.permission, 'none') <> 'none'
       ORDER BY a.login`,
      { id },
    );
  }

  private one(where: string, parameters: Readonly<Record<string, string | number>>): Accessible | undefined {
    const row = this.db.get<Row>(`SELECT ${COLUMNS}, ${PERMISSION} ${FROM} WHERE ${where}`, parameters);
    return row && fromRow(row);
  }
}

function fromRow(row: Row): Accessible {
  return { ...row, private: row.private === 1, archived: row.archived === 1 };
}

const ORDER: readonly Permission[] = ['none', 'read', 'write', 'admin'];

/** Whether a permission includes another. */
export function allows(held: Permission, needed: Permission): boolean {
  return ORDER.indexOf(held) >= ORDER.indexOf(needed);
}

import type { Database } from './database.js';

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Organization';
  readonly name: string;
  readonly email: string | null;
  readonly createdAt: string;
}

export type MemberPermission = 'read' | 'write' | 'admin';

const COLUMNS = 'id, login, type, name, email, created_at AS createdAt';

/** People and organisations. */
export class Accounts {
  constructor(private readonly db: Database) {}

  byLogin(login: string): Account | undefined {
    return this.db.get(`SELECT ${COLUMNS} FROM accounts WHERE login = :login`, { login });
  }

  byId(id: number): Account | undefined {
    return this.db.get(`SELECT ${COLUMNS} FROM accounts WHERE id = :id`, { id });
  }

  /** Gives an account another login; the one that it had is free. */
  rename(id: number, login: string): void {
    this.db.run('UPDATE accounts SET login = :login WHERE id = :id', { id, login });
  }

  users(): Account[] {
    return this.db.all(`SELECT ${COLUMNS} FROM accounts WHERE type = 'User' ORDER BY id`);
  }

  /** Adds an account, or leaves the one with this login as it is. */
  ensure(account: Omit<Account, 'id'> & { readonly id?: number }): Account {
    const { id = null, login, type, name, email, createdAt } = account;
    this.db.run(
      `INSERT INTO accounts (id, login, type, name, email, created_at)
       VALUES (:id, :login, :type, :name, :email, :createdAt) ON CONFLICT (login) DO NOTHING`,
      { id, login, type, name, email, createdAt },
    );
    const stored = this.byLogin(login);
    if (!stored) throw new Error(`The account ${login} was not stored.`);
    return stored;
  }

  /** What a member of an organisation may do in its repositories; undefined for who is none. */
  membership(organizationId: number, userId: number): MemberPermission | undefined {
    const row = this.db.get<{ permission: MemberPermission }>(
      'SELECT permission FROM members WHERE organization_id = :organizationId AND user_id = :userId',
      { organizationId, userId },
    );
    return row?.permission;
  }

  addMember(organizationId: number, userId: number, permission: MemberPermission): void {
    this.db.run(
      `INSERT INTO members (organization_id, user_id, permission) VALUES (:organizationId, :userId, :permission)
       ON CONFLICT DO NOTHING`,
      { organizationId, userId, permission },
    );
  }
}

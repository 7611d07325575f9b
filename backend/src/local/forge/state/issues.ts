import type { Account } from './accounts.js';
import type { Database } from './database.js';
import type { Label } from './labels.js';

export interface Issue {
  readonly id: number;
  readonly repositoryId: number;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: 'open' | 'closed';
  readonly authorId: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
  readonly isPull: boolean;
}

export interface NewIssue {
  readonly repositoryId: number;
  readonly title: string;
  readonly body: string | null;
  readonly authorId: number;
  readonly at: string;
  readonly labelIds?: readonly number[];
  readonly assigneeIds?: readonly number[];
}

export interface IssueFilter {
  readonly repositoryId: number;
  readonly state?: 'open' | 'closed' | 'all';
  readonly since?: string;
  readonly creator?: string;
  /** A login, `none`, or `*` for anybody. */
  readonly assignee?: string;
  /** Names; an issue has to carry them all. */
  readonly labels?: readonly string[];
  readonly sort?: 'created' | 'updated' | 'comments';
  readonly direction?: 'asc' | 'desc';
}

const SELECT = `SELECT i.id, i.repository_id AS repositoryId, i.number, i.title, i.body, i.state, i.author_id AS authorId,
  i.created_at AS createdAt, i.updated_at AS updatedAt, i.closed_at AS closedAt, p.issue_id IS NOT NULL AS isPull
  FROM issues i LEFT JOIN pulls p ON p.issue_id = i.id`;

const ASSIGNED = `EXISTS (SELECT 1 FROM issue_assignees s JOIN accounts a ON a.id = s.user_id
  WHERE s.issue_id = i.id AND (:assignee IN ('*', 'none') OR a.login = :assignee))`;

/** Issues; a pull request is an issue with more to it, and the two share their numbers, as on GitHub. */
export class Issues {
  constructor(private readonly db: Database) {}

  find(repositoryId: number, number: number): Issue | undefined {
    const row = this.db.get<Row>(`${SELECT} WHERE i.repository_id = :repositoryId AND i.number = :number`, {
      repositoryId,
      number,
    });
    return row && fromRow(row);
  }

  list(filter: IssueFilter): Issue[] {
    const { repositoryId, state = 'open', sort = 'created', direction = 'desc', labels = [] } = filter;
    const { since = null, creator = null, assignee = null } = filter;
    const column = sort === 'updated' ? 'i.updated_at' : 'i.created_at';
    return this.db
      .all<Row>(
        `${SELECT} WHERE i.repository_id = :repositoryId AND (:state = 'all' OR i.state = :state)
           AND (:since IS NULL OR i.updated_at >= :since)
           AND (:creator IS NULL OR i.author_id = (SELECT id FROM accounts WHERE login = :creator))
           AND (:assignee IS NULL OR (:assignee = 'none') <> ${ASSIGNED})
           AND (SELECT count(*) FROM issue_labels il JOIN labels l ON l.id = il.label_id
                WHERE il.issue_id = i.id AND l.name IN (SELECT value FROM json_each(:labels))) = json_array_length(:labels)
         ORDER BY ${column} ${direction}, i.number ${direction}`,
        { repositoryId, state, since, creator, assignee, labels: JSON.stringify(labels) },
      )
      .map(fromRow);
  }

  /** The next number of its repository is given out in the same transaction. */
  create({ labelIds = [], assigneeIds = [], ...issue }: NewIssue): Issue {
    return this.db.transaction(() => {
      const { id } = this.db.get<{ id: number }>(
        `INSERT INTO issues (repository_id, number, title, body, author_id, created_at, updated_at)
         SELECT :repositoryId, coalesce(max(number), 0) + 1, :title, :body, :authorId, :at, :at
         FROM issues WHERE repository_id = :repositoryId RETURNING id`,
        { ...issue },
      ) ?? { id: 0 };
      for (const labelId of labelIds) {
        this.db.run('INSERT OR IGNORE INTO issue_labels (issue_id, label_id) VALUES (:id, :labelId)', { id, labelId });
      }
      for (const userId of assigneeIds) {
        this.db.run('INSERT OR IGNORE INTO issue_assignees (issue_id, user_id) VALUES (:id, :userId)', { id, userId });
      }
      const stored = this.db.get<Row>(`${SELECT} WHERE i.id = :id`, { id });
      if (!stored) throw new Error('The issue was not stored.');
      return fromRow(stored);
    });
  }

  labels(issueId: number): Label[] {
    return this.db.all(
      `SELECT l.id, l.name, l.color, l.description, l.standard FROM labels l
       JOIN issue_labels il ON il.label_id = l.id WHERE il.issue_id = :issueId ORDER BY l.name`,
      { issueId },
    );
  }

  assignees(issueId: number): Account[] {
    return this.db.all(
      `SELECT a.id, a.login, a.type, a.name, a.email, a.created_at AS createdAt FROM accounts a
       JOIN issue_assignees s ON s.user_id = a.id WHERE s.issue_id = :issueId ORDER BY a.login`,
      { issueId },
    );
  }
}

interface Row extends Omit<Issue, 'isPull'> {
  readonly isPull: number;
}

function fromRow(row: Row): Issue {
  return { ...row, isPull: row.isPull === 1 };
}

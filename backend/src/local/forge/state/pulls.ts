import type { Database } from './database.js';
import type { Issues, NewIssue } from './issues.js';

/** What a pull request has beside its issue. */
export interface Pull {
  readonly issueId: number;
  readonly number: number;
  readonly headRef: string;
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly draft: boolean;
  readonly mergedAt: string | null;
}

export interface PullFilter {
  readonly repositoryId: number;
  readonly state: 'open' | 'closed' | 'all';
  readonly head?: string;
  readonly base?: string;
  readonly sort: string;
  readonly direction: 'asc' | 'desc';
}

interface Row extends Omit<Pull, 'draft'> {
  readonly draft: number;
}

const SELECT = `SELECT p.issue_id AS issueId, i.number, p.head_ref AS headRef, p.head_sha AS headSha,
  p.base_ref AS baseRef, p.base_sha AS baseSha, p.draft, p.merged_at AS mergedAt
  FROM pulls p JOIN issues i ON i.id = p.issue_id`;

/** Pull requests. */
export class Pulls {
  constructor(
    private readonly db: Database,
    private readonly issues: Issues,
  ) {}

  find(repositoryId: number, number: number): Pull | undefined {
    const row = this.db.get<Row>(`${SELECT} WHERE i.repository_id = :repositoryId AND i.number = :number`, {
      repositoryId,
      number,
    });
    return row && fromRow(row);
  }

  list({ repositoryId, state, sort, direction, ...ends }: PullFilter): Pull[] {
    const column = sort === 'updated' ? 'i.updated_at' : 'i.created_at';
    return this.db
      .all<Row>(
        `${SELECT} WHERE i.repository_id = :repositoryId AND (:state = 'all' OR i.state = :state)
           AND (:head IS NULL OR p.head_ref = :head) AND (:base IS NULL OR p.base_ref = :base)
         ORDER BY ${column} ${direction}, i.number ${direction}`,
        { repositoryId, state, head: ends.head ?? null, base: ends.base ?? null },
      )
      .map(fromRow);
  }

  create(issue: NewIssue, pull: Omit<Pull, 'issueId' | 'number' | 'mergedAt'>): Pull {
    return this.db.transaction(() => {
      const { id: issueId, number } = this.issues.create(issue);
      const { headRef, headSha, baseRef, baseSha, draft } = pull;
      this.db.run(
        `INSERT INTO pulls (issue_id, head_ref, head_sha, base_ref, base_sha, draft)
         VALUES (:issueId, :headRef, :headSha, :baseRef, :baseSha, :draft)`,
        { issueId, headRef, headSha, baseRef, baseSha, draft: Number(draft) },
      );
      return { ...pull, issueId, number, mergedAt: null };
    });
  }

  /** Open pull requests follow their branch. */
  moveHead(repositoryId: number, headRef: string, headSha: string, at: string): void {
    const open = `issue_id IN (SELECT id FROM issues WHERE repository_id = :repositoryId AND state = 'open')`;
    this.db.run(`UPDATE pulls SET head_sha = :headSha WHERE head_ref = :headRef AND ${open}`, {
      repositoryId,
      headRef,
      headSha,
    });
    this.db.run(
      `UPDATE issues SET updated_at = :at WHERE repository_id = :repositoryId AND state = 'open'
         AND id IN (SELECT issue_id FROM pulls WHERE head_ref = :headRef)`,
      { repositoryId, headRef, at },
    );
  }
}

function fromRow(row: Row): Pull {
  return { ...row, draft: row.draft === 1 };
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Issue } from '../entities/issue.entity.js';
import { IssueRevision, type RevisionOrigin } from '../entities/issue-revision.entity.js';

/** The part of an issue that revisions keep. */
export type IssueText = Pick<Issue, 'title' | 'body' | 'labels' | 'assignees' | 'acceptance'>;

export interface RevisionMaker {
  readonly origin: RevisionOrigin;
  readonly authorId: string | null;
}

@Injectable()
export class RevisionsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Newest first, with one row too many when there are more. */
  list(issueId: string, limit: number, before?: number): Promise<IssueRevision[]> {
    const query = this.dataSource.manager
      .createQueryBuilder(IssueRevision, 'revision')
      .where('revision.issueId = :issueId', { issueId })
      .orderBy('revision.n', 'DESC')
      .take(limit + 1);
    if (before !== undefined) query.andWhere('revision.n < :before', { before });
    return query.getMany();
  }

  one(issueId: string, n: number): Promise<IssueRevision | null> {
    return this.dataSource.manager.findOneBy(IssueRevision, { issueId, n });
  }

  /** Stores a text as the issue's next revision and as its present text; the issue's row must be locked or leased. */
  async append(
    tx: EntityManager,
    issue: Pick<Issue, 'id' | 'revision'>,
    text: IssueText,
    { origin, authorId }: RevisionMaker,
  ): Promise<number> {
    const n = issue.revision + 1;
    const kept = textOf(text);
    await tx.insert(IssueRevision, { issueId: issue.id, n, origin, authorId, ...kept });
    await tx.update(Issue, { id: issue.id }, { ...kept, revision: n, updatedAt: new Date() });
    return n;
  }
}

/** Nothing but the text. Names that differ in case only are one on GitHub, and here. */
export function textOf({ title, body, labels, assignees, acceptance }: IssueText): IssueText {
  return { title, body, labels: distinct(labels), assignees: distinct(assignees), acceptance: [...acceptance] };
}

export function sameText(a: IssueText, b: IssueText): boolean {
  return JSON.stringify(textOf(a)) === JSON.stringify(textOf(b));
}

function distinct(names: readonly string[]): string[] {
  const first = new Map<string, string>();
  for (const name of names) if (!first.has(name.toLowerCase())) first.set(name.toLowerCase(), name);
  return [...first.values()];
}

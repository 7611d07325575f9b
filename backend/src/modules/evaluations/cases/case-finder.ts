import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { storableText } from '../../../platform/database/storable.js';
import { stripInvisible } from '../../../platform/text/invisible.js';
import { issueQuestion } from '../../embeddings/index.js';
import {
  type CommitMessage,
  GithubIssues,
  GitMirror,
  RepositoriesService,
  type RepositoryAccess,
} from '../../github/index.js';
import type { Evaluation } from '../entities/evaluation.entity.js';
import type { CaseSource } from '../evaluation.types.js';
import { commitGone, noFixes } from '../evaluations.errors.js';
import type { NewCase } from '../repositories/evaluations.repository.js';
import { chooseFixes, type Fix } from './fixes.js';
import { fixIn } from './fix-message.js';
import { goldOf } from './gold.js';
import { type IssueText, ownWords } from './own-words.js';

export interface FoundCases {
  /** The newest fix first. */
  readonly cases: readonly NewCase[];
  /** The commit before all of the fixes. */
  readonly snapshot: string;
}

/** How far back fixes are looked for, and how many are measured. */
const MOST_COMMITS = 2_000;
const MOST_CASES = 50;
/** Commits whose changes are read at once. */
const BATCH = 500;
const LONGEST_TITLE = 300;

/** Finds the merged fixes of a branch in its history, and what their issues say, with the right of whoever asks. */
@Injectable()
export class CaseFinder {
  constructor(
    private readonly repositories: RepositoriesService,
    private readonly mirrors: GitMirror,
    private readonly issues: GithubIssues,
  ) {}

  /**
   * `told` hears which share of the issues has been read.
   * @throws DomainError `evaluations.no-fixes`, `.commit-gone`, and what GitHub and git say
   */
  async find(
    { repositoryId, branch, commitSha: commit }: Evaluation,
    userId: string,
    signal: AbortSignal,
    told: (share: number) => Promise<void>,
  ): Promise<FoundCases> {
    const access = await this.repositories.accessById(userId, repositoryId);
    await this.mirrors.fetch({ userId, repositoryId, branch, signal });
    if (!(await this.mirrors.has(repositoryId, commit))) throw commitGone();
    const chosen = chooseFixes(await this.fixes(access, commit, signal), MOST_CASES);
    if (!chosen) throw noFixes(MOST_COMMITS);
    const tree = await this.mirrors.listTree(repositoryId, chosen.snapshot);
    const there = new Set(tree.map(({ path }) => path));
    const cases: NewCase[] = [];
    for (const [at, fix] of chosen.fixes.entries()) {
      signal.throwIfAborted();
      const gold = fix.gold.filter((path) => there.has(path));
      const one = gold.length > 0 ? await this.caseOf(userId, access, fix) : null;
      if (one) cases.push({ ...one, gold });
      await told((at + 1) / chosen.fixes.length);
    }
    if (cases.length === 0) throw noFixes(MOST_COMMITS);
    return { cases, snapshot: chosen.snapshot };
  }

  /** Newest first. */
  private async fixes(
    { repositoryId, fullName }: RepositoryAccess,
    commit: string,
    signal: AbortSignal,
  ): Promise<Fix[]> {
    const messages = await this.mirrors.messages(repositoryId, commit, MOST_COMMITS);
    const marked = messages.flatMap((message) => {
      const mark = fixIn(message.text, fullName);
      const [parent] = message.parents;
      return mark && parent !== undefined ? [{ message, parent, issue: mark.issue }] : [];
    });
    const changes = await this.changes(
      repositoryId,
      marked.map(({ message }) => message),
      signal,
    );
    return marked.map(({ message: { sha, committedAt, text }, parent, issue }) => ({
      ...{ sha, parent, fixedAt: committedAt, issue, message: text },
      ...(changes.get(sha) ?? { changed: [], gold: [] }),
    }));
  }

  private async changes(
    repositoryId: string,
    messages: readonly CommitMessage[],
    signal: AbortSignal,
  ): Promise<Map<string, Pick<Fix, 'changed' | 'gold'>>> {
    const found = new Map<string, Pick<Fix, 'changed' | 'gold'>>();
    for (let at = 0; at < messages.length; at += BATCH) {
      signal.throwIfAborted();
      const shas = messages.slice(at, at + BATCH).map(({ sha }) => sha);
      for (const { sha, changes } of await this.mirrors.log(repositoryId, shas)) {
        const changed = changes.flatMap(({ path, from }) => (from === undefined ? [path] : [path, from]));
        found.set(sha, { changed, gold: goldOf(changes) });
      }
    }
    return found;
  }

  private async caseOf(userId: string, access: RepositoryAccess, fix: Fix): Promise<Omit<NewCase, 'gold'> | null> {
    const issue = fix.issue === null ? null : await this.issueText(userId, access, fix.issue);
    const text = issue ?? ownWords(fix.message, fix.changed);
    if (!text) return null;
    const source: CaseSource = issue ? 'issue' : 'commit';
    return {
      ...{ source, number: issue ? fix.issue : null, commitSha: fix.sha, fixedAt: fix.fixedAt },
      title: storableText(stripInvisible(text.title).slice(0, LONGEST_TITLE)),
      question: storableText(issueQuestion(text.title, text.body)),
    };
  }

  /** Null for a number that is no issue's. */
  private async issueText(
    userId: string,
    { owner, name: repo }: RepositoryAccess,
    number: number,
  ): Promise<IssueText | null> {
    try {
      return await this.issues.get(userId, { owner, repo }, number);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'github.issue-not-found') return null;
      throw error;
    }
  }
}

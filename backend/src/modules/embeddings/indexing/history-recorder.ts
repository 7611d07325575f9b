import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/database/transactions.js';
import { GitMirror, type LoggedCommit } from '../../github/index.js';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import { HistoryRepository, type KeptCommit, type Renaming } from '../repositories/history.repository.js';
import { codeWords } from '../text/code-words.js';
import { isTest } from '../text/file-kind.js';

/** What fewer cost is in docs/retrieval.md. */
const MOST_COMMITS = 10_000;
/** A commit that changes more was about none of them. */
const MOST_FILES = 20;
const BATCH = 500;
/** Numbers of issues and addresses are no words. */
const REFERENCE = /\(?#\d+\)?|https?:\/\/\S+/g;

/** Notes which commits lead to a snapshot, what they said and what they changed; each commit of a repository once. */
@Injectable()
export class HistoryRecorder {
  constructor(
    private readonly mirrors: GitMirror,
    private readonly history: HistoryRepository,
    private readonly transactions: Transactions,
  ) {}

  async record({ id, repositoryId, commitSha }: IndexSnapshot, signal: AbortSignal): Promise<void> {
    const shas = await this.mirrors.ancestors(repositoryId, commitSha, MOST_COMMITS);
    const known = await this.history.known(repositoryId, shas);
    // From the oldest on: a file inherits the past of the one it was.
    const unknown = shas.filter((sha) => !known.has(sha)).reverse();
    for (let at = 0; at < unknown.length; at += BATCH) {
      signal.throwIfAborted();
      const commits = await this.mirrors.log(repositoryId, unknown.slice(at, at + BATCH));
      for (const stretch of untilRenamed(commits)) await this.keep(repositoryId, stretch);
    }
    await this.transactions.run((tx) => this.history.lead(tx, id, repositoryId, shas));
  }

  /** What was said of a file until it got another name is said of that name, too. */
  private async keep(repositoryId: string, { commits, last }: Stretch): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.history.add(tx, repositoryId, commits.map(toKept));
      if (last) await this.history.inherit(tx, repositoryId, last.sha, renamingsOf(last));
    });
  }
}

/** Commits one after another, of which only the last one gives files other names, if any does. */
interface Stretch {
  readonly commits: readonly LoggedCommit[];
  readonly last: LoggedCommit | undefined;
}

function* untilRenamed(commits: readonly LoggedCommit[]): Generator<Stretch> {
  let begin = 0;
  for (const [at, last] of commits.entries()) {
    if (renamingsOf(last).length === 0) continue;
    yield { commits: commits.slice(begin, at + 1), last };
    begin = at + 1;
  }
  if (begin < commits.length) yield { commits: commits.slice(begin), last: undefined };
}

function renamingsOf({ changes }: LoggedCommit): Renaming[] {
  return changes.flatMap(({ path: to, from }) => (from === undefined ? [] : [{ from, to }]));
}

function toKept({ sha, committedAt, subject, changes }: LoggedCommit): KeptCommit {
  const paths = [...new Set(changes.map(({ path }) => path))].filter((path) => !isTest(path));
  const words = codeWords(subject.replace(REFERENCE, ' '));
  return { sha, committedAt, files: paths.length, words, paths: paths.length > MOST_FILES ? [] : paths };
}

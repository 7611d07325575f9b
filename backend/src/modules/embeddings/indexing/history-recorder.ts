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
      await this.transactions.run(async (tx) => {
        await this.history.add(tx, repositoryId, commits.map(toKept));
        for (const renaming of commits.flatMap(renamings)) await this.history.inherit(tx, repositoryId, renaming);
      });
    }
    await this.transactions.run((tx) => this.history.lead(tx, id, repositoryId, shas));
  }
}

function renamings({ sha, changes }: LoggedCommit): Renaming[] {
  return changes.flatMap(({ path: to, from }) => (from === undefined ? [] : [{ sha, from, to }]));
}

function toKept({ sha, committedAt, subject, changes }: LoggedCommit): KeptCommit {
  const paths = [...new Set(changes.map(({ path }) => path))].filter((path) => !isTest(path));
  const words = codeWords(subject.replace(REFERENCE, ' '));
  return { sha, committedAt, files: paths.length, words, paths: paths.length > MOST_FILES ? [] : paths };
}

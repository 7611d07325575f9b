import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../platform/errors/domain-error.js';
import type { Citation } from '../../../platform/llm/citation.js';
import {
  type Anchor,
  CitationAnchors,
  CitationChecker,
  type FileContent,
  FilesService,
  type PinnedLines,
} from '../../embeddings/index.js';
import { GitMirror } from '../../github/index.js';
import { commitNotAtHand } from '../sessions.errors.js';

/** A commit of a session's repository, and with whose right it is fetched when this machine does not have it. */
export interface CommitAt {
  readonly userId: string;
  readonly repositoryId: string;
  readonly branch: string;
  readonly commit: string;
}

/** Text of a session's repository at a commit. Whether the user may read it is checked before. */
@Injectable()
export class RepositoryText {
  constructor(
    private readonly mirrors: GitMirror,
    private readonly files: FilesService,
    private readonly checker: CitationChecker,
    private readonly anchors: CitationAnchors,
  ) {}

  /**
   * Lines of a file; an end beyond the file's is the file's.
   * @throws DomainError `sessions.commit-not-found`, `github.file-not-found`, `embeddings.lines-not-found`, `embeddings.not-text`.
   */
  async lines(at: CommitAt, path: string, range: { startLine?: number; endLine?: number } = {}): Promise<FileContent> {
    await this.bring(at);
    const { repositoryId, commit } = at;
    return this.files.readLines({ repositoryId, commit, path, startLine: 1, ...range });
  }

  /** The same to be kept in the session. @throws DomainError also `embeddings.secret`. */
  async quote(at: CommitAt, path: string, range: { startLine: number; endLine: number }): Promise<FileContent> {
    await this.bring(at);
    const { repositoryId, commit } = at;
    return this.files.quoteLines({ repositoryId, commit, path, ...range });
  }

  /** How lines of older commits stand at this one, in the order asked; undefined where that cannot be found out now. */
  async standings(at: CommitAt, cited: readonly PinnedLines[]): Promise<readonly (Anchor | undefined)[]> {
    if (cited.length === 0) return [];
    try {
      await this.bring(at);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return cited.map(() => undefined);
    }
    return this.anchors.at(at.repositoryId, at.commit, cited);
  }

  /** Whether a file has these lines. */
  async has(at: CommitAt, cited: Citation): Promise<boolean> {
    await this.bring(at);
    return this.checker.verify(at.repositoryId, at.commit, cited);
  }

  private async bring({ commit, ...wish }: CommitAt): Promise<void> {
    if (!(await this.mirrors.bring(wish, commit))) throw commitNotAtHand(commit);
  }
}

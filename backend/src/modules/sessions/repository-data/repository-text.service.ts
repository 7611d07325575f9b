import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../platform/errors/domain-error.js';
import type { Citation } from '../../../platform/llm/citation.js';
import { GitMirror } from '../../github/index.js';
import { commitNotAtHand, fileNotText, fileTooLarge, linesNotFound } from '../sessions.errors.js';
import { linesOf, textOf } from './text-lines.js';

/** A commit of a session's repository, and with whose right it is fetched when this machine does not have it. */
export interface CommitAt {
  readonly userId: string;
  readonly repositoryId: string;
  readonly branch: string;
  readonly commit: string;
}

export interface Lines {
  readonly text: string;
  /** 1-based, both ends included; 0 of an empty file. */
  readonly startLine: number;
  readonly endLine: number;
  readonly totalLines: number;
}

const LARGEST_TEXT = 2 * 1024 * 1024;
const REMEMBERED = 500;

/** Text of a session's repository at a commit. Whether the user may read it is checked before. */
@Injectable()
export class RepositoryText {
  /** A commit never changes, so neither does what is counted in it. */
  private readonly counts = new Map<string, number>();

  constructor(private readonly mirrors: GitMirror) {}

  /**
   * All lines of a file, or those named; `endLine` beyond the end is the end.
   * @throws DomainError `github.file-not-found`, `sessions.lines-not-found`, `sessions.file-not-text`, `sessions.file-too-large`.
   */
  async lines(at: CommitAt, path: string, range: { startLine?: number; endLine?: number } = {}): Promise<Lines> {
    const all = linesOf(await this.read(at, path));
    const startLine = range.startLine ?? Math.min(1, all.length);
    if (startLine > all.length) throw linesNotFound(path, all.length);
    const endLine = Math.min(range.endLine ?? all.length, all.length);
    const text = all.slice(Math.max(startLine - 1, 0), endLine).join('\n');
    if (text.length > LARGEST_TEXT) throw fileTooLarge(path);
    return { text, startLine, endLine, totalLines: all.length };
  }

  /** The text of these lines; null where the file has none such; undefined where that cannot be found out now. */
  async sameLines(at: CommitAt, { path, startLine, endLine }: Citation): Promise<string | null | undefined> {
    try {
      return (await this.lines(at, path, { startLine, endLine })).text;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return ['not-found', 'unsupported', 'invalid'].includes(error.kind) ? null : undefined;
    }
  }

  /** Whether a file has these lines. */
  async has(at: CommitAt, { path, startLine, endLine }: Citation): Promise<boolean> {
    return startLine >= 1 && startLine <= endLine && endLine <= (await this.count(at, path));
  }

  /** 0 for what is not there, or is no text. */
  private async count(at: CommitAt, path: string): Promise<number> {
    const key = `${at.repositoryId} ${at.commit} ${path}`;
    const known = this.counts.get(key);
    if (known !== undefined) return known;
    const count = await this.read(at, path).then(
      (text) => linesOf(text).length,
      (error: unknown) => {
        if (error instanceof DomainError && ['not-found', 'unsupported'].includes(error.kind)) return 0;
        throw error;
      },
    );
    if (this.counts.size >= REMEMBERED) this.counts.clear();
    this.counts.set(key, count);
    return count;
  }

  private async read({ userId, repositoryId, branch, commit }: CommitAt, path: string): Promise<string> {
    if (!(await this.mirrors.has(repositoryId, commit))) {
      await this.mirrors.fetch({ userId, repositoryId, branch });
      if (!(await this.mirrors.has(repositoryId, commit))) throw commitNotAtHand(commit);
    }
    const text = textOf(await this.mirrors.readFile(repositoryId, commit, path));
    if (text === null) throw fileNotText(path);
    return text;
  }
}

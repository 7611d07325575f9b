import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { GitMirror } from '../../github/index.js';
import { decode } from '../text/skip-policy.js';
import { linesOf } from '../text/lines.js';

export interface CitedLines {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

const REMEMBERED = 500;

/** Whether lines that somebody names are really there at a commit. A commit never changes, so neither do the answers. */
@Injectable()
export class CitationChecker {
  private readonly lineCounts = new Map<string, number>();

  constructor(private readonly mirrors: GitMirror) {}

  async verify(repositoryId: string, commit: string, { path, startLine, endLine }: CitedLines): Promise<boolean> {
    const lines = await this.countLines(repositoryId, commit, path);
    return startLine >= 1 && endLine >= startLine && endLine <= lines;
  }

  /** 0 for a file that is not there. */
  private async countLines(repositoryId: string, commit: string, path: string): Promise<number> {
    const key = `${repositoryId} ${commit} ${path}`;
    const known = this.lineCounts.get(key);
    if (known !== undefined) return known;
    const count = await this.mirrors.readFile(repositoryId, commit, path).then(
      (bytes) => linesOf(decode(bytes) ?? '').length,
      (error: unknown) => {
        if (error instanceof DomainError && error.kind === 'not-found') return 0;
        throw error;
      },
    );
    if (this.lineCounts.size >= REMEMBERED) this.lineCounts.clear();
    this.lineCounts.set(key, count);
    return count;
  }
}

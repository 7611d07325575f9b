import { Service, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import type { DiffStat, OpenPullRequest } from '@yudai/sdk';
import { firstValueFrom } from 'rxjs';
import type { PullRequestWords } from './pull-request-text';

/** What is about to leave, to where, as whom. */
export interface PullRequestQuestion {
  /** owner/name, and the branch the change is for. */
  readonly repository: string;
  readonly branch: string;
  readonly login: string;
  readonly words: PullRequestWords;
  readonly diff: DiffStat;
  /** Nothing proves the change. */
  readonly unverified: boolean;
}

/** Asks before a branch is pushed and a pull request opened. */
@Service()
export class PullRequestOpening {
  private readonly dialog = inject(MatDialog);

  /** The words to send, or nothing when it was left. */
  async ask(question: PullRequestQuestion): Promise<OpenPullRequest | undefined> {
    const { PullRequestDialog } = await import('./pull-request-dialog');
    const opened = this.dialog.open<unknown, PullRequestQuestion, OpenPullRequest>(PullRequestDialog, {
      data: question,
      width: '680px',
      autoFocus: 'input',
    });
    return firstValueFrom(opened.afterClosed());
  }
}

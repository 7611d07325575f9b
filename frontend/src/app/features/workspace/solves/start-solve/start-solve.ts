import { Service, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';

/** What is to be solved. */
export interface SolveOf {
  readonly issueId: string;
  readonly title: string;
  /** owner/name, and the branch the work starts from. */
  readonly repository: string;
  readonly branch: string;
}

/** Asks with which model and within which limits an agent works on an issue. */
@Service()
export class StartSolve {
  private readonly dialog = inject(MatDialog);

  async ask(solve: SolveOf): Promise<void> {
    const { StartSolveDialog } = await import('./start-solve-dialog');
    this.dialog.open<unknown, SolveOf>(StartSolveDialog, { data: solve, width: '560px', autoFocus: 'select' });
  }
}

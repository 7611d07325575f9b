import { Component, computed, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { Solve } from '@yudai/sdk';
import { isCancellable } from '../../../../state/solves/solves.feature';
import { Icon } from '../../../../ui/icon/icon';
import { solveState } from '../../../../ui/status-chip/states';
import { StatusChip } from '../../../../ui/status-chip/status-chip';
import { solveInWords } from '../solve-words';

const pullStates: Record<NonNullable<Solve['pullRequest']>['status'], string> = {
  opening: 'being opened',
  open: 'open',
  failed: 'not opened',
  closed: 'closed',
  merged: 'merged',
};

/** Over a solve: where it stands in a sentence, and what can be done with it. */
@Component({
  selector: 'app-solve-bar',
  imports: [MatButton, MatIconButton, RouterLink, Icon, StatusChip],
  templateUrl: './solve-bar.html',
  styleUrl: './solve-bar.css',
})
export class SolveBar {
  readonly solve = input.required<Solve>();
  readonly issueTitle = input('');
  readonly mayEdit = input(false);
  readonly busy = input(false);
  /** The stream of its events is broken and being mended. */
  readonly lost = input(false);
  readonly stop = output();
  readonly pullRequest = output();

  protected readonly state = computed(() => solveState(this.solve().status));
  protected readonly sentence = computed(() => solveInWords(this.solve()));
  protected readonly cancellable = computed(() => isCancellable(this.solve()));
  protected readonly pull = computed(() => {
    const pull = this.solve().pullRequest;
    return pull && { ...pull, words: pullStates[pull.status] };
  });
  protected readonly proposable = computed(() => {
    const { status, diffStat } = this.solve();
    const reviewable = status === 'completed' || status === 'unverified';
    const pull = this.pull()?.status;
    return reviewable && diffStat.files > 0 && (pull === undefined || pull === 'failed');
  });
}

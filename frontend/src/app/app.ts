import { Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { StatusChip } from './ui/status-chip/status-chip';
import { solveState } from './ui/status-chip/states';
import { ErrorState } from './ui/error-state/error-state';
import { Progress } from './ui/progress/progress';

@Component({
  selector: 'app-root',
  imports: [RouterOutlet, StatusChip, ErrorState, Progress],
  template: `<app-status-chip [state]="s" /><app-progress
      label="x"
      [value]="0.4"
      [etaSeconds]="40"
      done="4 of 10"
    /><app-error-state
      [problem]="{
        title: 'GitHub did not answer',
        detail: 'It may be down. Your draft is kept.',
        code: 'x',
        requestId: '0193-aaaa-bbb',
      }"
    /><router-outlet />`,
})
export class App {
  protected readonly s = solveState('running');
}

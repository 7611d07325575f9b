import { Component, DOCUMENT, computed, inject, input } from '@angular/core';
import { ErrorState } from '../error-state/error-state';
import type { ProblemView } from '../error-state/problem-view';

/**
 * Stands where code of the page could not be fetched. Asking once more would not do: browsers remember modules that failed,
 * and after an update the old names are gone. Loading the page anew helps in both cases.
 */
@Component({
  selector: 'app-missed-part',
  imports: [ErrorState],
  template: `<app-error-state [problem]="problem()" (retry)="reload()" />`,
  styles: `
    :host {
      display: block;
      padding: var(--s4);
    }
  `,
})
export class MissedPart {
  /** What the reader was about to see. */
  readonly what = input('This part of the page');

  private readonly document = inject(DOCUMENT);
  protected readonly problem = computed<ProblemView>(() => ({
    title: `${this.what()} could not be loaded`,
    detail:
      'The server did not answer, or it has been updated. Trying again loads the page anew; what you typed is kept.',
    code: 'page.missed',
  }));

  protected reload(): void {
    this.document.location.reload();
  }
}

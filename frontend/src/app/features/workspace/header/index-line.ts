import { Component, computed, input } from '@angular/core';
import type { IndexState } from '@yudai/sdk';
import { Progress } from '../../../ui/progress/progress';

const number = new Intl.NumberFormat('en');

/** How far the index of the branch is: files done, how fast, and how long it still takes. */
@Component({
  selector: 'app-index-line',
  imports: [Progress],
  template: `<app-progress label="Index" [value]="share()" [etaSeconds]="index().etaSeconds" [done]="done()" />`,
  styles: `
    :host {
      display: block;
    }
  `,
})
export class IndexLine {
  readonly index = input.required<IndexState>();

  /** Waiting, or before the files are counted, nothing is known yet. */
  protected readonly share = computed(() => {
    const { status, filesTotal, progress } = this.index();
    return status === 'running' && filesTotal > 0 ? progress : null;
  });
  protected readonly done = computed(() => {
    const { status, filesTotal, filesIndexed, filesSkipped, filesPerSecond } = this.index();
    if (status === 'queued') return 'Waiting for a worker';
    if (filesTotal === 0) return 'Reading the repository';
    const files = `${number.format(filesIndexed + filesSkipped)} of ${number.format(filesTotal)} files`;
    return filesPerSecond ? `${files}, ${number.format(filesPerSecond)} a second` : files;
  });
}

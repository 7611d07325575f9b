import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { IndexState } from '@yudai/sdk';
import { Icon } from '../../../../ui/icon/icon';
import { indexState } from '../../../../ui/status-chip/states';
import { StatusChip } from '../../../../ui/status-chip/status-chip';
import { IndexLine } from '../../header/index-line';

const number = new Intl.NumberFormat('en');

/** Which commit the answers know, how complete it is, and the way to a newer one. */
@Component({
  selector: 'app-index-summary',
  imports: [MatButton, Icon, IndexLine, StatusChip],
  template: `
    <div class="row">
      <app-status-chip [state]="view()" />
      @if (index().commit; as commit) {
        <code [title]="commit">{{ commit.slice(0, 7) }}</code>
      }
      <button matButton type="button" [disabled]="!mayReindex() || working()" (click)="reindex.emit()">
        <app-icon name="refresh" /> Index again
      </button>
    </div>
    @if (working()) {
      <app-index-line [index]="index()" />
    } @else {
      <p class="facts">{{ facts() }}</p>
    }
    @if (index().status === 'failed' && index().error; as error) {
      <p class="error" role="alert">{{ error }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    .row {
      display: flex;
      align-items: center;
      gap: var(--s2);
    }
    .row button {
      margin-left: auto;
    }
    .facts {
      font-size: var(--text-12);
      color: var(--text-faint);
    }
    .error {
      font-size: var(--text-13);
      color: var(--danger);
      overflow-wrap: anywhere;
    }
  `,
})
export class IndexSummary {
  readonly index = input.required<IndexState>();
  readonly mayReindex = input(false);
  readonly reindex = output();

  protected readonly view = computed(() => indexState(this.index().status));
  protected readonly working = computed(() => ['queued', 'running'].includes(this.index().status));
  protected readonly facts = computed(() => {
    const { status, commit, filesIndexed, filesSkipped, behind } = this.index();
    const late = behind ? `${number.format(behind)} ${behind === 1 ? 'commit' : 'commits'} behind the branch` : '';
    // The counts are those of the run that failed; what was there before it is whole.
    if (status === 'failed' && commit)
      return [`Commit ${commit.slice(0, 7)} is still searched`, late].filter(Boolean).join(', ');
    return [
      `${number.format(filesIndexed)} files indexed`,
      filesSkipped ? `${number.format(filesSkipped)} left out` : '',
      late,
    ]
      .filter(Boolean)
      .join(', ');
  });
}

import { Component, computed, input } from '@angular/core';
import type { Issue } from '@yudai/sdk';
import { Icon } from '../../../../ui/icon/icon';

type Tone = 'info' | 'danger';

/** What a reader must know about where an issue stands, in a sentence; most of the time nothing. */
@Component({
  selector: 'app-issue-note',
  imports: [Icon],
  template: `
    @if (note(); as note) {
      <div class="note" role="status" [class.danger]="note.tone === 'danger'">
        <app-icon [name]="note.tone === 'danger' ? 'warning' : 'wait'" />
        <p>{{ note.text }}</p>
      </div>
    }
  `,
  styles: `
    .note {
      display: flex;
      gap: var(--s3);
      width: min(1248px, 100% - 2 * var(--s4));
      margin: var(--s4) auto 0;
      padding: var(--s3) var(--s4);
      border-radius: var(--radius);
      background: var(--info-soft);
      font-size: var(--text-13);
    }
    app-icon {
      flex: none;
      margin-top: 2px;
      color: var(--info);
    }
    .danger {
      background: var(--danger-soft);
    }
    .danger app-icon {
      color: var(--danger);
    }
  `,
})
export class IssueNote {
  readonly issue = input.required<Issue>();

  protected readonly note = computed<{ tone: Tone; text: string } | undefined>(() => {
    const { status, error } = this.issue();
    switch (status) {
      case 'drafting':
        return { tone: 'info', text: 'The model is writing the draft. You may leave the page; it goes on.' };
      case 'publishing':
        return { tone: 'info', text: 'On its way to GitHub. It becomes one issue there, whatever happens here.' };
      case 'failed':
        return { tone: 'danger', text: `There is no draft: ${error?.detail ?? 'the model did not write one.'}` };
      case 'draft':
        return error && { tone: 'danger', text: `It did not work the last time: ${error.detail}` };
      case 'published':
        return undefined;
    }
  });
}

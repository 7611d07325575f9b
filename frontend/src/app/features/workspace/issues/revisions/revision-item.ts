import { Component, computed, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { IssueRevision } from '@yudai/sdk';
import { Icon } from '../../../../ui/icon/icon';
import { Markdown } from '../../../../ui/markdown/markdown';
import { RelativeTime } from '../../../../ui/relative-time/relative-time';

const origins: Record<IssueRevision['origin'], string> = {
  model: 'Drafted by the model',
  user: 'Edited by somebody else',
  restore: 'Restored by somebody else',
  github: 'Taken from GitHub',
};
const own: Partial<Record<IssueRevision['origin'], string>> = { user: 'Edited by you', restore: 'Restored by you' };

/** One text the issue has had; opened, it is there to read. */
@Component({
  selector: 'app-revision-item',
  imports: [MatButton, Icon, Markdown, RelativeTime],
  templateUrl: './revision-item.html',
  styleUrl: './revision-item.css',
})
export class RevisionItem {
  readonly revision = input.required<IssueRevision>();
  /** It is the text the issue has now. */
  readonly current = input(false);
  /** The person looking wrote it. */
  readonly mine = input(false);
  readonly restorable = input(false);
  readonly restore = output();

  protected readonly open = signal(false);
  protected readonly origin = computed(() => {
    const { origin } = this.revision();
    return (this.mine() && own[origin]) || origins[origin];
  });
}

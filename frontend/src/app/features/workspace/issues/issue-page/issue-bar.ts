import { Component, computed, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import type { Issue } from '@yudai/sdk';
import { Icon } from '../../../../ui/icon/icon';
import { issueState } from '../../../../ui/status-chip/states';
import { StatusChip } from '../../../../ui/status-chip/status-chip';
import type { SaveState } from '../draft-editor/draft.store';
import { saveInWords } from './save-words';

/** Over an issue: where it stands, whether its words are saved, and what can be done with it. */
@Component({
  selector: 'app-issue-bar',
  imports: [MatButton, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink, Icon, StatusChip],
  templateUrl: './issue-bar.html',
  styleUrl: './issue-bar.css',
})
export class IssueBar {
  readonly issue = input.required<Issue>();
  /** owner/name */
  readonly repository = input.required<string>();
  readonly saveState = input<SaveState>('saved');
  readonly mayEdit = input(false);
  /** Something was asked of the server that the page waits for. */
  readonly busy = input(false);
  readonly publish = output();
  readonly solve = output();
  readonly redraft = output();
  readonly remove = output();

  protected readonly state = computed(() => issueState(this.issue().status));
  protected readonly isDraft = computed(() => this.issue().status === 'draft');
  /** There are words of one's own in it, or could be. */
  protected readonly editable = computed(() => this.isDraft() || this.issue().status === 'failed');
  protected readonly solvable = computed(() => this.isDraft() || this.issue().status === 'published');
  protected readonly unsaved = computed(() => this.saveState() !== 'saved');
  protected readonly savedLine = computed(() => {
    if (!this.mayEdit() || !this.editable() || (!this.unsaved() && !this.issue().revision)) return '';
    const words = saveInWords(this.saveState());
    return this.unsaved() ? words : `${words} · revision ${this.issue().revision}`;
  });
}

import { Component, computed, effect, inject, input, output, untracked } from '@angular/core';
import type { Issue } from '@yudai/sdk';
import { Markdown } from '../../../../ui/markdown/markdown';
import { AcceptanceList } from './acceptance-list';
import { AssigneesStore, LabelsStore } from './choices.store';
import { NameChips } from './name-chips';
import type { Edits, Words } from './words';

/** As GitHub allows it. */
const longest = { title: 256, body: 60_000, labels: 50, assignees: 10 } as const;

/** The parts of a draft to write in; beside the text, on a wide page, how it reads. */
@Component({
  selector: 'app-draft-editor',
  imports: [AcceptanceList, Markdown, NameChips],
  providers: [AssigneesStore, LabelsStore],
  templateUrl: './draft-editor.html',
  styleUrl: './draft-editor.css',
})
export class DraftEditor {
  readonly words = input.required<Words>();
  readonly provenance = input.required<Issue['provenance']>();
  readonly owner = input.required<string>();
  readonly repo = input.required<string>();
  /** The title was taken away, so that nothing can be saved. */
  readonly untitled = input(false);
  readonly wrote = output<Edits>();

  protected readonly longest = longest;
  protected readonly labels = inject(LabelsStore);
  protected readonly assignees = inject(AssigneesStore);
  protected readonly sources = computed(() => {
    const { messageIds, cardIds } = this.provenance();
    const parts = [counted(messageIds.length, 'message'), counted(cardIds.length, 'card')].filter(Boolean);
    return parts.length ? `Drafted from ${parts.join(' and ')}` : '';
  });

  private readonly place = computed(() => ({ owner: this.owner(), repo: this.repo() }));

  constructor() {
    // The colours of the labels that are there already.
    effect(() => {
      if (this.words().labels.length > 0) untracked(() => this.needLabels());
    });
  }

  protected needLabels(): void {
    if (this.labels.status() === 'idle') this.labels.show(this.place());
  }

  protected needAssignees(): void {
    if (this.assignees.status() === 'idle') this.assignees.show(this.place());
  }
}

const counted = (count: number, thing: string): string => (count ? `${count} ${thing}${count > 1 ? 's' : ''}` : '');

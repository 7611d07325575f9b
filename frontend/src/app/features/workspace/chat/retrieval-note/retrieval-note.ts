import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Retrieval } from '@yudai/sdk';
import { Icon } from '../../../../ui/icon/icon';
import { fileParams, linesLabel } from '../../files/file-link';

const notes: Record<Exclude<Retrieval['state'], 'found'>, string> = {
  none: 'Nothing relevant was found in the repository: this answer rests on the conversation alone.',
  indexing: 'The branch is still being indexed: this answer may miss parts of it.',
  unavailable: 'The repository could not be searched: this answer rests on the conversation alone.',
};

/** What an answer rests on: the places it cites, each one opening at its lines, or why there are none. */
@Component({
  selector: 'app-retrieval-note',
  imports: [RouterLink, Icon],
  template: `
    @if (note(); as words) {
      <p class="note"><app-icon name="warning" /> {{ words }}</p>
    }
    @if (places().length) {
      <ul aria-label="Sources">
        @for (place of places(); track place.label) {
          <li>
            <a
              [routerLink]="[]"
              [queryParams]="place.params"
              queryParamsHandling="merge"
              [class.doubtful]="!place.verified"
              [title]="place.verified ? place.label : place.label + ' (these lines could not be found at the commit)'"
            >
              <app-icon [name]="place.verified ? 'file' : 'warning'" /><span class="truncate">{{ place.short }}</span>
            </a>
          </li>
        }
      </ul>
    }
  `,
  styleUrl: './retrieval-note.css',
})
export class RetrievalNote {
  readonly retrieval = input.required<Retrieval>();

  protected readonly note = computed(() => {
    const { state } = this.retrieval();
    return state === 'found' ? undefined : notes[state];
  });
  protected readonly places = computed(() => {
    const { citations, commit } = this.retrieval();
    return citations.map(({ path, startLine, endLine, verified }) => {
      const lines = [startLine, endLine] as const;
      const label = linesLabel(path, lines);
      return { label, short: shorten(label), verified, params: fileParams(path, lines, commit ?? undefined) };
    });
  });
}

/** The end of a long path says more than its beginning. */
const shorten = (label: string): string => (label.length > 48 ? `…${label.slice(-47)}` : label);

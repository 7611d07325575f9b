import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Retrieval } from '@yudai/sdk';
import { Icon } from '../../../../ui/icon/icon';
import type { IconName } from '../../../../ui/icon/icons';
import { fileParams, linesLabel, movedTo } from '../../files/file-link';

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
              [class.doubtful]="!!place.doubt"
              [title]="place.label + place.doubt"
            >
              <app-icon [name]="place.icon" /><span class="truncate">{{ place.short }}</span>
              @if (place.doubt) {
                <span class="visually-hidden">{{ place.doubt }}</span>
              }
            </a>
            @if (place.now; as now) {
              <a
                class="now"
                [routerLink]="[]"
                [queryParams]="now.params"
                queryParamsHandling="merge"
                [title]="now.label"
                ><app-icon name="chevronRight" /> now {{ now.short }}</a
              >
            }
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
    return citations.map(({ path, startLine, endLine, verified, stale, now }) => {
      const lines = [startLine, endLine] as const;
      const label = linesLabel(path, lines);
      return {
        ...{ label, short: shorten(label), params: fileParams(path, lines, commit ?? undefined) },
        icon: iconOf(verified, stale ?? false),
        doubt: doubtOf(verified, stale ?? false),
        now: now && movedTo(now, path),
      };
    });
  });
}

const iconOf = (verified: boolean, stale: boolean): IconName => (verified ? (stale ? 'clock' : 'file') : 'warning');

/** What is to be known before the lines are trusted. */
function doubtOf(verified: boolean, stale: boolean): string {
  if (!verified) return ' (these lines could not be found at the commit)';
  return stale ? ' (changed since the answer; opens as they were)' : '';
}

/** The end of a long path says more than its beginning. */
const shorten = (label: string): string => (label.length > 48 ? `…${label.slice(-47)}` : label);

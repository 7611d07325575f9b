import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Context } from '@yudai/sdk';

type Part = Context['parts'][number];

const number = new Intl.NumberFormat('en');
const words: Record<string, string> = {
  included: '',
  condensed: 'shortened',
  dropped: 'left out by you',
  omitted: 'left out: no room',
};

/** The rules and the question stay where they are. */
const movableKinds: ReadonlySet<string> = new Set(['card', 'turn']);

/** The next prompt, piece by piece: what is in it, what was shortened, what was left out. */
@Component({
  selector: 'app-prompt-parts',
  imports: [MatButton],
  template: `
    <details>
      <summary>What the next prompt holds</summary>
      <ul>
        @for (part of rows(); track part.id) {
          <li>
            <span class="truncate" [class.out]="part.out" [title]="part.title">{{ part.title }}</span>
            <span class="note">{{ part.note }}</span>
            <span class="tokens">{{ part.size }}</span>
            @if (mayEdit() && part.movable) {
              <button
                matButton
                type="button"
                [attr.aria-label]="part.verb + ': ' + part.title"
                (click)="toggle(part.id)"
              >
                {{ part.verb }}
              </button>
            }
          </li>
        }
      </ul>
    </details>
  `,
  styleUrl: './prompt-parts.css',
})
export class PromptParts {
  readonly parts = input.required<readonly Part[]>();
  readonly mayEdit = input(false);
  /** Ids of everything that is to be left out. */
  readonly leaveOut = output<readonly string[]>();

  protected readonly rows = computed(() =>
    this.parts().map(({ id, kind, title, tokens, state }) => ({
      id,
      title,
      movable: movableKinds.has(kind),
      size: number.format(tokens),
      note: words[state] ?? state,
      out: state === 'dropped' || state === 'omitted',
      verb: state === 'dropped' ? 'Take in' : 'Leave out',
    })),
  );
  private readonly dropped = computed(() =>
    this.parts()
      .filter(({ state }) => state === 'dropped')
      .map(({ id }) => id),
  );

  protected toggle(id: string): void {
    const dropped = this.dropped();
    this.leaveOut.emit(dropped.includes(id) ? dropped.filter((each) => each !== id) : [...dropped, id]);
  }
}

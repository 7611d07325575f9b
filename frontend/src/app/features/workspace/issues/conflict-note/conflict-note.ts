import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Icon } from '../../../../ui/icon/icon';

/** Two people wrote at once: which words stay is for the person to say. */
@Component({
  selector: 'app-conflict-note',
  imports: [MatButton, Icon],
  template: `
    <div class="note" role="alert">
      <app-icon name="warning" />
      <div>
        <p class="title">Somebody else has changed this draft while you were writing</p>
        <p>
          You have written {{ parts() }}. Theirs is saved as revision {{ theirs() }} and stays under Revisions, whatever
          you choose.
        </p>
      </div>
      <div class="acts">
        <button matButton="filled" type="button" (click)="keepMine.emit()">Keep mine</button>
        <button matButton="outlined" type="button" (click)="takeTheirs.emit()">Take theirs</button>
      </div>
    </div>
  `,
  styles: `
    .note {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s2) var(--s3);
      width: min(1248px, 100% - 2 * var(--s4));
      margin: var(--s4) auto 0;
      padding: var(--s3) var(--s4);
      border-radius: var(--radius);
      background: var(--warning-soft);
      font-size: var(--text-13);
    }
    app-icon {
      margin-top: 2px;
      color: var(--warning);
    }
    .note > div:first-of-type {
      flex: 1 1 240px;
    }
    .title {
      font-weight: 600;
    }
    .acts {
      display: flex;
      gap: var(--s2);
      align-items: center;
    }
  `,
})
export class ConflictNote {
  /** "the title and the text" */
  readonly parts = input.required<string>();
  readonly theirs = input.required<number>();
  readonly keepMine = output();
  readonly takeTheirs = output();
}
